-- Two statements; a semicolon in a 'string; literal'.
CREATE TABLE documents (id int PRIMARY KEY, name text NOT NULL DEFAULT 'a;b');
CREATE TABLE runs (script text NOT NULL);
