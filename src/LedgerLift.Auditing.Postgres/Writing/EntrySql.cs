namespace LedgerLift.Auditing.Postgres;

/// <summary>The statements that write entries.</summary>
internal sealed class EntrySql(string schema)
{
    private const string Columns =
        "(id, ts, action, resource_type, result, resource_id, user_id, ip_address, user_agent, request_id, trace_id, details, salt)";

    /// <summary>One entry.</summary>
    internal string Insert { get; } =
        $"INSERT INTO {schema}.audit_entries {Columns} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /// <summary>Many entries, one array a column, in the order of the arrays; those that are there already stay as they are.</summary>
    internal string InsertMany { get; } =
        $"INSERT INTO {schema}.audit_entries {Columns} SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
}
