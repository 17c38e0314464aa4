using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>Reads how many connections Npgsql's pool holds, by the metric it publishes: that is the supported way. Thread-safe.</summary>
internal sealed class PoolMeter : IDisposable
{
    private const string Waiting = "db.client.connection.npgsql.pending_requests";

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly string _pool;
    private (int Used, int Idle) _reading;
    private long _pending;

    /// <summary>Starts to listen.</summary>
    /// <param name="pool">The pool's name; it must be the only one of this name in the process.</param>
    public PoolMeter(string pool)
    {
        _pool = pool;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.connection.count" or Waiting })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Note);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Note(instrument, (int)value, tags, state));
        _listener.Start();
    }

    /// <summary>Who waits in Npgsql itself for a connection: with the gate in front, only when others than sessions hold some.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    public (int Used, int Idle) Read()
    {
        lock (_lock)
        {
            _reading = default;
            _listener.RecordObservableInstruments();
            return _reading;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var isOurs = false;
        string? use = null;
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, "db.client.connection.pool.name", StringComparison.Ordinal))
                isOurs = string.Equals(tag.Value as string, _pool, StringComparison.Ordinal);
            else if (string.Equals(tag.Key, "db.client.connection.state", StringComparison.Ordinal))
                use = tag.Value as string;
        }

        if (!isOurs)
            return;
        // Several hosts are several pools of one name.
        if (instrument.Name is Waiting)
            Interlocked.Add(ref _pending, value);
        else if (string.Equals(use, "used", StringComparison.Ordinal))
            _reading.Used += value;
        else if (string.Equals(use, "idle", StringComparison.Ordinal))
            _reading.Idle += value;
    }
}
