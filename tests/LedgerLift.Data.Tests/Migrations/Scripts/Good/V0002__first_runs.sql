INSERT INTO runs VALUES ('V0002'), ('; -- not a comment');
