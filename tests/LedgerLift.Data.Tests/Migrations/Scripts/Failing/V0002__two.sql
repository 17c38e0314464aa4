CREATE TABLE two (id int);
SELECT 1/0;
