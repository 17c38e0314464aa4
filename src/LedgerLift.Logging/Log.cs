using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>The package's log messages, event ids from 6000.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 6000,
        Level = LogLevel.Error,
        Message = "Changed redaction options are not valid and were not taken over: {Faults}"
    )]
    public static partial void OptionsRefused(ILogger logger, string faults);
}
