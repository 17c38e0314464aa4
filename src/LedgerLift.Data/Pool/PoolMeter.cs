using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>Reads how many connections Npgsql's pool holds, by the metric it publishes: that is the supported way. Thread-safe.</summary>
internal sealed class PoolMeter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly string _pool;
    private (int Used, int Idle) _reading;

    /// <summary>Starts to listen.</summary>
    /// <param name="pool">The pool's name; it must be the only one of this name in the process.</param>
    public PoolMeter(string pool)
    {
        _pool = pool;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.connection.count" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Note(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note((int)value, tags));
        _listener.Start();
    }

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

    private void Note(int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isOurs = false;
        string? state = null;
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, "db.client.connection.pool.name", StringComparison.Ordinal))
                isOurs = string.Equals(tag.Value as string, _pool, StringComparison.Ordinal);
            else if (string.Equals(tag.Key, "db.client.connection.state", StringComparison.Ordinal))
                state = tag.Value as string;
        }

        if (!isOurs)
            return;
        // Several hosts are several pools of one name.
        if (string.Equals(state, "used", StringComparison.Ordinal))
            _reading.Used += value;
        else if (string.Equals(state, "idle", StringComparison.Ordinal))
            _reading.Idle += value;
    }
}
