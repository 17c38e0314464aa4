-- ledgerlift: no-transaction
CREATE INDEX CONCURRENTLY documents_name ON documents (name);
CREATE INDEX CONCURRENTLY documents_name_id ON documents (name, id);
