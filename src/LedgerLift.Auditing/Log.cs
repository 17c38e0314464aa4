using Microsoft.Extensions.Logging;

namespace LedgerLift.Auditing;

/// <summary>What this package logs: event ids 5000 to 5499, never anything that an entry says.</summary>
internal static partial class Log
{
    [LoggerMessage(
        5001,
        LogLevel.Error,
        "The details of an audit entry could not be redacted ({ExceptionType}); the entry is written without them."
    )]
    internal static partial void DetailsNotRedacted(ILogger logger, string exceptionType);
}
