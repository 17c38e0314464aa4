using Microsoft.Extensions.Logging;

namespace LedgerLift.Testing;

internal sealed class RecordingLogger(LogRecorder recorder, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => recorder.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= recorder.MinimumLevel && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
            return;
        var scopes = new List<object?>();
        recorder.Scopes.ForEachScope(static (scope, list) => list.Add(scope), scopes);
        // Copied at once: source-generated states are reused after the call.
        var pairs = state is IEnumerable<KeyValuePair<string, object?>> structured ? structured.ToArray() : [];
        recorder.Add(new LogRecord(category, logLevel, eventId, formatter(state, exception), pairs, scopes, exception));
    }
}
