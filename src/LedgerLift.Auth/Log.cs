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

    [LoggerMessage(
        4002,
        LogLevel.Warning,
        "The replay guard is full with {MaxEntries} ids and refuses new requests. Raise MaxEntries, or share the load."
    )]
    internal static partial void ReplayGuardFull(ILogger logger, int maxEntries);

    [LoggerMessage(4010, LogLevel.Information, "A signed request of the scheme {Scheme} was refused: {Verdict}.")]
    internal static partial void SignatureRefused(ILogger logger, SignatureScheme scheme, SignatureVerdict verdict);

    [LoggerMessage(4011, LogLevel.Information, "The keys were replaced; now in the ring: {KeyIds}.")]
    internal static partial void KeysReplaced(ILogger logger, string keyIds);

    [LoggerMessage(4012, LogLevel.Error, "The changed keys were refused and the former ones stay in force: {Faults}")]
    internal static partial void KeysRefused(ILogger logger, string faults);
}
