using Microsoft.Extensions.Logging;

namespace LedgerLift.Auth;

/// <summary>What this package logs: event ids 4000 to 4499, never a jti, a user or a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(
        4001,
        LogLevel.Warning,
        "A token that had been rotated was used again; its family is revoked. Somebody may hold a stolen copy."
    )]
    internal static partial void RotatedTokenReused(ILogger logger);
}
