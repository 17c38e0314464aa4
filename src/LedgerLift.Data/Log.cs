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
}
