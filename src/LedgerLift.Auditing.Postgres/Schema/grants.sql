-- What the role of the application may do: add and read. The columns it may fill leave out xact, which the server sets.
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT ON {schema}.audit_schema, {schema}.audit_entries, {schema}.audit_batches, {schema}.audit_tombstones TO {role};
GRANT INSERT (ts, id, action, resource_type, result, resource_id, user_id, ip_address, user_agent, request_id, trace_id, details, salt)
    ON {schema}.audit_entries TO {role};
GRANT INSERT ON {schema}.audit_batches TO {role};
GRANT EXECUTE ON FUNCTION {schema}.audit_make_partitions(timestamptz, int) TO {role};
