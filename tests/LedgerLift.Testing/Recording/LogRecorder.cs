using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Testing;

/// <summary>
/// Records every log call with its pairs, scopes and exception. Works as a logger factory on its own and as a provider inside a host's.
/// Thread-safe.
/// </summary>
public sealed class LogRecorder : ILoggerProvider, ILoggerFactory, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogRecord> _records = new();
    private volatile IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>The lowest level its loggers call enabled; all by default.</summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Trace;

    /// <summary>Everything recorded so far, in order.</summary>
    public IReadOnlyList<LogRecord> Records => [.. _records];

    internal IExternalScopeProvider Scopes => _scopes;

    /// <inheritdoc cref="ILoggerFactory.CreateLogger"/>
    public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

    /// <summary>The records with this event id.</summary>
    public IReadOnlyList<LogRecord> WithId(int eventId) => [.. _records.Where(record => record.EventId.Id == eventId)];

    /// <summary>All records as one text, to search for what must never be logged.</summary>
    public string AllText() => string.Join(Environment.NewLine, _records.Select(record => record.AllText()));

    /// <summary>Forgets what was recorded.</summary>
    public void Clear() => _records.Clear();

    void ISupportExternalScope.SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    void ILoggerFactory.AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A recorder keeps what is logged; add it to a factory.");

    /// <summary>Nothing to release; records stay readable.</summary>
    public void Dispose() { }

    internal void Add(LogRecord record) => _records.Enqueue(record);
}
