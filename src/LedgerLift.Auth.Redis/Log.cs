using Microsoft.Extensions.Logging;

namespace LedgerLift.Auth.Redis;

/// <summary>What this package logs: event ids 4500 to 4999, never a jti, a user or a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(
        4501,
        LogLevel.Warning,
        "A token that had been rotated was used again; its family is revoked. Somebody may hold a stolen copy."
    )]
    internal static partial void RotatedTokenReused(ILogger logger);

    [LoggerMessage(
        4502,
        LogLevel.Warning,
        "Redis evicts keys by the policy {Policy} when its memory is full: users would be logged out. Set maxmemory-policy to noeviction."
    )]
    internal static partial void ServerEvicts(ILogger logger, string policy);

    [LoggerMessage(
        4503,
        LogLevel.Warning,
        "A connection to Redis had been silent for {Seconds} s while a new one was answered. The new one took its place."
    )]
    internal static partial void ConnectionRenewed(ILogger logger, double seconds);
}
