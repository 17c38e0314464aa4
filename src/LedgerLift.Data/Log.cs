using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>Every message of the package. Event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "A connection of the pool {Pool} could not be closed properly.")]
    internal static partial void CloseFailed(ILogger logger, string pool, Exception failure);

    [LoggerMessage(3002, LogLevel.Warning, "A session of the pool {Pool} has been held for long: {Holder}.")]
    internal static partial void SessionHeldLong(ILogger logger, string pool, SessionHolder holder);

    [LoggerMessage(3003, LogLevel.Information, "A session of the pool {Pool} that was held for long has been returned: {Holder}.")]
    internal static partial void LeakReturned(ILogger logger, string pool, SessionHolder holder);

    [LoggerMessage(3004, LogLevel.Error, "A session of the pool {Pool} was never disposed and has been reclaimed: {Holder}.")]
    internal static partial void SessionAbandoned(ILogger logger, string pool, SessionHolder holder);

    [LoggerMessage(
        3005,
        LogLevel.Warning,
        "The reply to COMMIT of transaction {TransactionId} was lost (pool {Pool}); the lookup says: {Outcome}."
    )]
    internal static partial void CommitReconciled(
        ILogger logger,
        string pool,
        ulong transactionId,
        TransactionOutcome outcome,
        Exception failure
    );

    [LoggerMessage(3006, LogLevel.Warning, "Work on the pool {Pool} failed ({Failure}) and is run again in {Delay}, retry {Retry}.")]
    internal static partial void Retrying(ILogger logger, string pool, DatabaseFailure failure, TimeSpan delay, int retry, Exception cause);

    [LoggerMessage(3007, LogLevel.Debug, "A rollback on the pool {Pool} failed; the server rolls back by itself.")]
    internal static partial void RollbackFailed(ILogger logger, string pool, Exception failure);

    [LoggerMessage(3008, LogLevel.Information, "The server of the pool {Pool} takes no writes; the pool is cleared.")]
    internal static partial void NotPrimary(ILogger logger, string pool);

    [LoggerMessage(3010, LogLevel.Warning, "A query on the pool {Pool} took {Duration} s ({Outcome}): {Query}")]
    internal static partial void SlowQuery(ILogger logger, string pool, double duration, QueryOutcome outcome, string query);

    [LoggerMessage(3017, LogLevel.Warning, "A query on the pool {Pool} took {Duration} s ({Outcome}): {Query}\nIts generic plan:\n{Plan}")]
    internal static partial void SlowQueryWithPlan(
        ILogger logger,
        string pool,
        double duration,
        QueryOutcome outcome,
        string query,
        string plan
    );

    [LoggerMessage(3011, LogLevel.Error, "A subscriber to the slow queries of the pool {Pool} failed.")]
    internal static partial void ObserverFailed(ILogger logger, string pool, Exception failure);

    [LoggerMessage(
        3012,
        LogLevel.Warning,
        "The pool {Pool} runs full: {Utilization} of its places are taken, the threshold is {Threshold}."
    )]
    internal static partial void PoolRunsFull(ILogger logger, string pool, double utilization, double threshold);

    [LoggerMessage(3013, LogLevel.Information, "The pool {Pool} no longer runs full: {Utilization} of its places are taken.")]
    internal static partial void PoolIsRelieved(ILogger logger, string pool, double utilization);

    [LoggerMessage(3014, LogLevel.Warning, "The server of the pool {Pool} cannot be reached at start; sessions try again.")]
    internal static partial void ServerIsDown(ILogger logger, string pool, Exception failure);

    [LoggerMessage(3015, LogLevel.Warning, "The pool {Pool} may open {Wanted} connections, and the server has {Left} left.")]
    internal static partial void PoolExceedsServer(ILogger logger, string pool, int wanted, int left);

    [LoggerMessage(3018, LogLevel.Warning, "The migrations of the pool {Pool} wait for its server.")]
    internal static partial void MigrationsWait(ILogger logger, string pool);

    [LoggerMessage(3019, LogLevel.Critical, "The migrations of the pool {Pool} failed after the start; the host is stopped.")]
    internal static partial void MigrationsFailed(ILogger logger, string pool, Exception failure);

    [LoggerMessage(3016, LogLevel.Information, "Migration {Script} was applied (pool {Pool}).")]
    internal static partial void ScriptApplied(ILogger logger, string pool, string script);
}
