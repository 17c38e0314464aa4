using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>The usual wrapper: formats the message and runs regular expressions over it. The state goes on as it is, secrets and all.</summary>
internal sealed partial class RegexRedactingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!inner.IsEnabled(logLevel))
            return;

        var message = formatter(state, exception);
        message = Email().Replace(message, "[REDACTED]");
        message = Card().Replace(message, "[REDACTED]");
        message = Bearer().Replace(message, "Bearer [REDACTED]");
        message = Jwt().Replace(message, "[REDACTED]");
        message = Password().Replace(message, "${key}=[REDACTED]");
        inner.Log(logLevel, eventId, message, exception, static (text, _) => text);
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b([0-9][ -]?){13,19}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Card();

    [GeneratedRegex(@"Bearer\s+\S+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"(?<key>password|pwd|secret|token)\s*[=:]\s*\S+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Password();
}
