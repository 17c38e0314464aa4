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

    /// <summary>Scripts are missing, or their names or numbers are wrong.</summary>
    public const string MigrationScripts = "migration_scripts";

    /// <summary>A script was changed after it had been applied.</summary>
    public const string MigrationDrift = "migration_drift";

    /// <summary>A script is not applied, and a later one is.</summary>
    public const string MigrationGap = "migration_gap";

    /// <summary>A script is applied that the program does not have.</summary>
    public const string MigrationDowngrade = "migration_downgrade";

    /// <summary>A script failed.</summary>
    public const string MigrationFailed = "migration_failed";

    /// <summary>Migrations were asked for behind pgbouncer.</summary>
    public const string MigrationNeedsSession = "migration_needs_session";
}
