using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>
/// Puts together what Npgsql tells of its commands. Its message about a command's end does not say how it ended: a failure is known by the counter of failures,
/// which is stepped just before on the same thread, and a cancellation by a message with the connection's id. Thread-safe.
/// </summary>
internal sealed class CommandWatch : IDisposable
{
    // A connection that breaks between two commands leaves an entry that nobody takes.
    private const int MostEnding = 1000;

    private readonly ConcurrentDictionary<int, bool> _ending = new();
    private readonly ConcurrentDictionary<int, long> _copies = new();
    private readonly MeterListener _listener = new();
    private readonly SlowQueryMonitor _monitor;
    private readonly TimeSpan _commandTimeout;
    private readonly TimeProvider _time;
    private readonly string _pool;

    public CommandWatch(SlowQueryMonitor monitor, string pool, TimeSpan commandTimeout, TimeProvider time)
    {
        (_monitor, _pool, _commandTimeout, _time) = (monitor, pool, commandTimeout, time);
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.failed" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Failed(tags));
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Failed(tags));
        _listener.Start();
    }

    /// <summary>A failure whose end was told on another thread must not stick to the next command.</summary>
    public static void Started() => FailedCommand.Forget();

    public void Completed(TimeSpan duration, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        var isFailed = FailedCommand.Take(this);
        var isBroken = false;
        var isEnded = !_ending.IsEmpty && _ending.TryRemove(CommandLogger.Connector(pairs), out isBroken);
        if (!_monitor.IsSlow(duration))
            return;
        // What is asked of each new connection is no query of the host's.
        var sql = CommandLogger.Sql(pairs);
        if (!string.Equals(sql, OutcomeQueries.ReadEra, StringComparison.Ordinal))
            _monitor.Report(sql, duration, Outcome(duration, isFailed || isBroken, isCanceled: isEnded && !isBroken));
    }

    public void Canceling(int connector) => Note(connector, isBroken: false);

    public void Breaking(int connector) => Note(connector, isBroken: true);

    public void CopyStarted(int connector) => _copies[connector] = _time.GetTimestamp();

    public void CopyCompleted(int connector)
    {
        if (!_copies.TryRemove(connector, out var started))
            return;
        var duration = _time.GetElapsedTime(started);
        if (_monitor.IsSlow(duration))
            _monitor.Report("COPY", duration, QueryOutcome.Completed);
    }

    public void Dispose() => _listener.Dispose();

    // Both limits cancel by the same request; what has lasted as long as CommandTimeout was ended by it.
    private QueryOutcome Outcome(TimeSpan duration, bool isFailed, bool isCanceled)
    {
        if (isCanceled)
            return duration >= _commandTimeout ? QueryOutcome.TimedOut : QueryOutcome.Canceled;
        return isFailed ? QueryOutcome.Failed : QueryOutcome.Completed;
    }

    private void Note(int connector, bool isBroken)
    {
        if (_ending.Count >= MostEnding)
            _ending.Clear();
        _ending[connector] = isBroken;
    }

    private void Failed(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (
                string.Equals(tag.Key, "db.client.connection.pool.name", StringComparison.Ordinal)
                && string.Equals(tag.Value as string, _pool, StringComparison.Ordinal)
            )
                FailedCommand.Note(this);
        }
    }
}
