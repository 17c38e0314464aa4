namespace LedgerLift.Data;

/// <summary>The values of <see cref="DatabaseException.Code"/>.</summary>
public static class DatabaseErrorCodes
{
    /// <summary>All connections stayed in use for <see cref="DatabaseOptions.PoolTimeout"/>.</summary>
    public const string PoolTimeout = "pool_timeout";

    /// <summary>A statement had failed, the failure was swallowed, and the commit rolled back.</summary>
    public const string TransactionAborted = "transaction_aborted";

    /// <summary>The connection or the server went away before the commit took effect.</summary>
    public const string TransactionLost = "transaction_lost";

    /// <summary>The reply to COMMIT was lost and the outcome could not be found out.</summary>
    public const string CommitOutcomeUnknown = "commit_outcome_unknown";

    /// <summary>The server refused the credentials or has no such database.</summary>
    public const string ConnectionRefused = "connection_refused";
}
