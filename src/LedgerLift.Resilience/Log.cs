using Microsoft.Extensions.Logging;

namespace LedgerLift.Resilience;

/// <summary>Every line this package writes to a log.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "The circuit '{Breaker}' opened ({Reason}); the last failure was {ErrorType}.")]
    internal static partial void Opened(ILogger logger, string breaker, string reason, string? errorType);

    [LoggerMessage(1001, LogLevel.Information, "The circuit '{Breaker}' is half-open and admits probes.")]
    internal static partial void HalfOpened(ILogger logger, string breaker);

    [LoggerMessage(1002, LogLevel.Information, "The circuit '{Breaker}' closed ({Reason}).")]
    internal static partial void Closed(ILogger logger, string breaker, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "The circuit '{Breaker}' was isolated by hand and refuses every call until it is closed.")]
    internal static partial void Isolated(ILogger logger, string breaker);

    [LoggerMessage(
        1004,
        LogLevel.Error,
        "The resilience policy '{Policy}' keeps its options, since the changed ones are not valid: {Faults}"
    )]
    internal static partial void ChangeRefused(ILogger logger, string policy, string faults);
}
