using System.Globalization;

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
        {
            Add(statements, "statement_timeout", options.StatementTimeout);
            Add(statements, "lock_timeout", options.LockTimeout);
        }

        return statements.Count == 0 ? null : string.Join("; ", statements);
    }

    private static void Add(List<string> statements, string name, TimeSpan? value)
    {
        if (value is { } time)
            statements.Add(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {name} = {NpgsqlMapping.Milliseconds(time)}"));
    }
}
