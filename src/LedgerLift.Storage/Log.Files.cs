using Microsoft.Extensions.Logging;

namespace LedgerLift.Storage;

/// <summary>What the file-system store logs: event ids 2500 to 2599, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Information, "{Count} incomplete uploads were removed.")]
    internal static partial void IncompleteUploadsSwept(ILogger logger, int count);

    [LoggerMessage(2501, LogLevel.Warning, "Incomplete uploads could not be removed ({Code}); the next sweep tries again.")]
    internal static partial void SweepFailed(ILogger logger, string code, Exception failure);
}
