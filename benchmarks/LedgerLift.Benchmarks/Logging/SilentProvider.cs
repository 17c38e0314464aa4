using Microsoft.Extensions.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>A provider that takes every event and reads nothing of it.</summary>
internal sealed class SilentProvider : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) { }

    public void Dispose() { }
}
