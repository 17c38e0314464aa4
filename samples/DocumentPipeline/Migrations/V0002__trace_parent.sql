-- The trace of the request that registered a document (W3C traceparent): the worker's spans become a part of it.

ALTER TABLE documents ADD COLUMN trace_parent text;
