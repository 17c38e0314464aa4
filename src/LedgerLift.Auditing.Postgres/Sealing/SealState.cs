using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auditing.Postgres;

/// <summary>How far sealing is, for metrics and health. Thread-safe.</summary>
internal sealed class SealState : IDisposable
{
    private static readonly ConcurrentDictionary<SealState, bool> Living = new();
    private readonly KeyValuePair<string, object?> _pool;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private DateTimeOffset? _oldestUnsealed;
    private string? _fault;
    private long _anchoredAt;

    private static readonly Histogram<int> BatchSize = AuditingMeter.Instance.CreateHistogram(
        "ledgerlift.auditing.seal.batch.size",
        "{entry}",
        "Entries that were sealed together.",
        tags: null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 10, 100, 1000, 10_000, 100_000] }
    );

    static SealState()
    {
        AuditingMeter.Instance.CreateObservableGauge(
            "ledgerlift.auditing.seal.lag",
            static () => Living.Keys.Select(one => new Measurement<double>(one.Lag.TotalSeconds, one._pool)),
            "s",
            "Age of the oldest entry that was not sealed at the last look."
        );
        AuditingMeter.Instance.CreateObservableGauge(
            "ledgerlift.auditing.anchor.age",
            static () => Living.Keys.Select(one => new Measurement<double>(one.AnchorAge.TotalSeconds, one._pool)),
            "s",
            "Since when the anchors may not hold all that is sealed."
        );
    }

    internal SealState(string pool, TimeProvider time)
    {
        _pool = new("db.client.connection.pool.name", pool);
        (_time, _anchoredAt) = (time, time.GetTimestamp());
        Living.TryAdd(this, value: true);
    }

    /// <summary>The age of the oldest unsealed entry; zero when there is none.</summary>
    internal TimeSpan Lag
    {
        get
        {
            lock (_lock)
                return _oldestUnsealed is { } oldest && _time.GetUtcNow() - oldest is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
        }
    }

    /// <summary>Why sealing does not go on, as the code of the failure; null while it does.</summary>
    internal string? Fault
    {
        get
        {
            lock (_lock)
                return _fault;
        }
    }

    /// <summary>How long ago the anchors held everything that was sealed.</summary>
    internal TimeSpan AnchorAge => _time.GetElapsedTime(Interlocked.Read(ref _anchoredAt));

    internal void Note(DateTime? oldestUnsealed, string? fault)
    {
        lock (_lock)
            (_oldestUnsealed, _fault) = (oldestUnsealed is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null, fault);
    }

    internal void NoteFault(string fault)
    {
        lock (_lock)
            _fault = fault;
    }

    internal void NoteBatch(int entries) => BatchSize.Record(entries, _pool);

    internal void NoteAnchored() => Interlocked.Exchange(ref _anchoredAt, _time.GetTimestamp());

    public void Dispose() => Living.TryRemove(this, out _);
}
