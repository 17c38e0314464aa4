using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

/// <summary>Messages made by the source generator: with few values (LoggerMessage.Define) and with many (a struct of their own).</summary>
internal static partial class GeneratedMessages
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Started")]
    public static partial void Nothing(ILogger logger);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Stored {Count} rows in {Milliseconds} ms for {Tenant}")]
    public static partial void Numbers(ILogger logger, int count, long milliseconds, Guid tenant);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{Method} {Path} by {Client}")]
    public static partial void Texts(ILogger logger, string method, string path, string client);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Login of {User} with {Password}")]
    public static partial void Login(ILogger logger, string user, string password);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "{C} {B} {A} {F} {E} {D} {H} {G}")]
    public static partial void Many(ILogger logger, int a, string b, int c, string d, int e, object f, Guid g, string h);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "Value {Value}")]
    public static partial void Anything(ILogger logger, object value);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "{A} {B} {C} {D} {E} {F} {G}")]
    public static partial void ManyNumbers(ILogger logger, int a, int b, int c, long d, bool e, Guid f, TimeSpan g);

    [LoggerMessage(EventId = 8, Level = LogLevel.Debug, Message = "Disabled {Text}")]
    public static partial void Quiet(ILogger logger, string text);
}
