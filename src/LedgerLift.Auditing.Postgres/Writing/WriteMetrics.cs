using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The measurements of one logger. Thread-safe.</summary>
internal sealed class WriteMetrics : IDisposable
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);
    private static readonly ConcurrentDictionary<WriteMetrics, bool> Living = new();

    private static readonly Counter<long> Entries = AuditingMeter.Instance.CreateCounter<long>(
        "ledgerlift.auditing.entries",
        "{entry}",
        "Entries that were acknowledged, by how they were delivered."
    );

    private static readonly Counter<long> Dropped = AuditingMeter.Instance.CreateCounter<long>(
        "ledgerlift.auditing.dropped",
        "{entry}",
        "Entries that were not written, by the reason."
    );

    private static readonly Histogram<double> Duration = AuditingMeter.Instance.CreateHistogram(
        "ledgerlift.auditing.write.duration",
        "s",
        "Inserts of one batch, the commit included.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5] }
    );

    private readonly KeyValuePair<string, object?> _pool;
    private readonly Func<int> _depth;
    private readonly Func<long> _spillBytes;
    private readonly TimeProvider _time;
    private long _dropped;
    private long _lostAt = long.MinValue;

    static WriteMetrics()
    {
        AuditingMeter.Instance.CreateObservableGauge(
            "ledgerlift.auditing.queue.depth",
            static () => Living.Keys.Select(one => new Measurement<int>(one._depth(), one._pool)),
            "{entry}",
            "Entries that wait in memory."
        );
        AuditingMeter.Instance.CreateObservableGauge(
            "ledgerlift.auditing.spill.bytes",
            static () => Living.Keys.Select(one => new Measurement<long>(one._spillBytes(), one._pool)),
            "By",
            "Entries that wait on disk for the database."
        );
    }

    internal WriteMetrics(string pool, Func<int> depth, Func<long> spillBytes, TimeProvider time)
    {
        _pool = new("db.client.connection.pool.name", pool);
        (_depth, _spillBytes, _time) = (depth, spillBytes, time);
    }

    /// <summary>All entries that were dropped so far.</summary>
    internal long TotalDropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether an entry that its policy did not allow to be dropped was lost in the last five minutes.</summary>
    internal bool HasLostLately => Interlocked.Read(ref _lostAt) is not long.MinValue and var at && _time.GetElapsedTime(at) < Lately;

    /// <summary>Begins to be seen by the gauges.</summary>
    internal void Publish() => Living.TryAdd(this, value: true);

    internal void RecordEntry(string delivery) => Entries.Add(1, _pool, new("ledgerlift.auditing.delivery", delivery));

    internal void RecordWrite(TimeSpan time)
    {
        if (Duration.Enabled)
            Duration.Record(time.TotalSeconds, _pool);
    }

    internal void RecordDropped(int count, DropReason reason)
    {
        Interlocked.Add(ref _dropped, count);
        if (reason is DropReason.Failed or DropReason.Rejected)
            Interlocked.Exchange(ref _lostAt, _time.GetTimestamp());
        Dropped.Add(count, _pool, new("ledgerlift.auditing.reason", Text(reason)));
    }

    public void Dispose() => Living.TryRemove(this, out _);

    private static string Text(DropReason reason) =>
        reason switch
        {
            DropReason.QueueFull => "queue_full",
            DropReason.Outage => "outage",
            DropReason.Rejected => "rejected",
            _ => "failed",
        };
}
