namespace LedgerLift.Data;

/// <summary>What must be said at the begin of a transaction. Pure.</summary>
internal static class TransactionPrologue
{
    /// <summary>The SQL, or null when BEGIN says all.</summary>
    internal static string? Sql(TransactionSettings settings, DatabaseOptions options)
    {
        List<string> statements = [];
        if (settings.ReadOnly)
            statements.Add("SET TRANSACTION READ ONLY");
        // Behind pgbouncer there is no session to set the limits for.
        if (options.Mode == PoolingMode.PgBouncer)
            statements.AddRange(ServerTimeouts.Sql(options.StatementTimeout, options.LockTimeout, isLocal: true));

        return statements.Count == 0 ? null : string.Join("; ", statements);
    }
}
