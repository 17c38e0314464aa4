using Microsoft.Extensions.Logging;

namespace LedgerLift.Storage;

/// <summary>
/// Every message of the package: the S3 store's from 2000, the file store's behind them. One declaration, for the order of several is not the
/// same in every build. No key stands in any: file names are personal data.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "The store cannot be reached at start; it is unhealthy until it answers.")]
    internal static partial void StoreIsDown(ILogger logger, Exception failure);

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "The answer to {Operation} was lost or misleading; the object bears the mark of this upload: it is stored."
    )]
    internal static partial void Reconciled(ILogger logger, string operation);

    [LoggerMessage(2002, LogLevel.Information, "An upload goes on where an earlier run left it: the store has {Parts} parts.")]
    internal static partial void Resuming(ILogger logger, int parts);

    [LoggerMessage(2003, LogLevel.Warning, "What a failed upload left could not be removed; the sweeper will.")]
    internal static partial void CleanupFailed(ILogger logger, Exception failure);

    [LoggerMessage(2004, LogLevel.Information, "{Count} uploads that nobody completed were removed.")]
    internal static partial void Swept(ILogger logger, int count);

    [LoggerMessage(2005, LogLevel.Warning, "Uploads that nobody completed could not be looked for or removed; it is tried again later.")]
    internal static partial void SweepBroken(ILogger logger, Exception failure);

    [LoggerMessage(2006, LogLevel.Debug, "A download stopped after {Bytes} bytes and goes on from there.")]
    internal static partial void DownloadResumed(ILogger logger, long bytes, Exception failure);

    [LoggerMessage(2500, LogLevel.Information, "{Count} incomplete uploads were removed.")]
    internal static partial void IncompleteUploadsSwept(ILogger logger, int count);

    [LoggerMessage(2501, LogLevel.Warning, "Incomplete uploads could not be removed ({Code}); the next sweep tries again.")]
    internal static partial void SweepFailed(ILogger logger, string code, Exception failure);
}
