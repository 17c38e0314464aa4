using Microsoft.Extensions.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>The events that are measured, made by the source generator as a service's are.</summary>
internal static partial class LogCalls
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Stored {Rows} rows in {Milliseconds} ms, attempt {Attempt}")]
    public static partial void Numbers(ILogger logger, int rows, long milliseconds, int attempt);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Method} {Path} by {Client}")]
    public static partial void Texts(ILogger logger, string method, string path, string client);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Login of {User} with {Password} from {Place}")]
    public static partial void Key(ILogger logger, string user, string password, string place);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Sent {Document} to {Target} in {Milliseconds} ms")]
    public static partial void Value(ILogger logger, string document, string target, int milliseconds);

    [LoggerMessage(EventId = 5, Level = LogLevel.Debug, Message = "Nobody listens to {Text}")]
    public static partial void Disabled(ILogger logger, string text);
}
