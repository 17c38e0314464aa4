namespace LedgerLift.Data;

/// <summary>How physical connections are kept.</summary>
public enum PoolingMode
{
    /// <summary>Connections are pooled in the process.</summary>
    Pooled,

    /// <summary>No pool: every session opens a connection of its own and closes it. For processes that live for one request.</summary>
    Serverless,

    /// <summary>
    /// Pooled, with pgbouncer in transaction mode between the process and the server: no session state is set and nothing is prepared;
    /// <see cref="DatabaseOptions.StatementTimeout"/> and <see cref="DatabaseOptions.LockTimeout"/> hold in transactions only.
    /// </summary>
    PgBouncer,
}
