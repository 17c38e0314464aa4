using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>
/// Puts together what Npgsql tells of its commands. Its message about a command's end does not say how it ended: a failure is known by the counter of failures,
/// which is stepped just before on the same thread, and by the exception thrown there; a broken connection by a message with its id. Thread-safe.
/// </summary>
internal sealed class CommandWatch : IDisposable
{
    // A connection that breaks between two commands leaves an entry that nobody takes.
    private const int MostEnding = 1000;

    private readonly ConcurrentDictionary<int, ConnectionEnd> _ending = new();
    private readonly MeterListener _listener = new();
    private readonly SlowQueryMonitor _monitor;
    private readonly PhysicalConnections _physical;
    private readonly CopyWatch _copies;
    private readonly TimeSpan? _statementTimeout;
    private readonly string _pool;

    // Whether a connection has ever had a bad end. Asking an empty dictionary whether it is empty takes all its locks, and every command asks.
    private volatile bool _hasEnding;

    public CommandWatch(SlowQueryMonitor monitor, PhysicalConnections physical, string pool, TimeSpan? statementTimeout, TimeProvider time)
    {
        (_monitor, _physical, _pool, _statementTimeout) = (monitor, physical, pool, statementTimeout);
        _copies = new CopyWatch(monitor, time);
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.failed" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Failed(tags));
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Failed(tags));
        _listener.Start();
        AppDomain.CurrentDomain.FirstChanceException += CommandEnd.Saw;
    }

    /// <summary>A failure whose end was told on another thread must not stick to the next command.</summary>
    public static void Started() => CommandEnd.Forget();

    public CopyWatch Copies => _copies;

    public void Completed(long milliseconds, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        var isFailed = CommandEnd.Take(this);
        var end = _hasEnding ? TakeEnd(pairs) : ConnectionEnd.None;
        if (_monitor.IsSlow(milliseconds))
            Report(TimeSpan.FromMilliseconds(milliseconds), isFailed, end, pairs);
    }

    public void Canceling(int connector) => Note(connector, ConnectionEnd.Canceling);

    public void Breaking(int connector)
    {
        _copies.Broken(connector);
        // A cancellation that got no answer within its own time limit breaks the connection.
        Note(connector, _ending.GetValueOrDefault(connector) | ConnectionEnd.Broken);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= CommandEnd.Saw;
        _listener.Dispose();
    }

    private ConnectionEnd TakeEnd(IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        var connector = CommandLogger.Connector(pairs);
        if (!_ending.ContainsKey(connector) || !_ending.TryRemove(connector, out var end))
            return ConnectionEnd.None;
        if (end.HasFlag(ConnectionEnd.Broken) && CommitText.Is(pairs) && _physical.Find(connector) is { } known)
            known.HasLostCommit = true;
        return end;
    }

    private void Report(TimeSpan duration, bool isFailed, ConnectionEnd end, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        // What is asked of each new connection is no query of the host's.
        var sql = CommandLogger.Sql(pairs);
        if (!string.Equals(sql, OutcomeQueries.ReadEra, StringComparison.Ordinal))
            _monitor.Report(sql, duration, Outcome(duration, isFailed, end));
    }

    private QueryOutcome Outcome(TimeSpan duration, bool isFailed, ConnectionEnd end)
    {
        // A broken connection is told before its exception is thrown.
        if (end.HasFlag(ConnectionEnd.Broken))
            return end.HasFlag(ConnectionEnd.Canceling) ? QueryOutcome.TimedOut : QueryOutcome.Failed;
        if (!isFailed)
            return QueryOutcome.Completed;
        var outcome = CommandEnd.Last();
        // Nobody here has cancelled it, and it lasted as long as the server lets one: the words of the answer were in another language.
        var isServersLimit = outcome == QueryOutcome.Canceled && end == ConnectionEnd.None && duration >= _statementTimeout;
        return isServersLimit ? QueryOutcome.TimedOut : outcome;
    }

    private void Note(int connector, ConnectionEnd end)
    {
        if (_ending.Count >= MostEnding)
            _ending.Clear();
        _hasEnding = true;
        _ending[connector] = end;
    }

    private void Failed(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (
                string.Equals(tag.Key, "db.client.connection.pool.name", StringComparison.Ordinal)
                && string.Equals(tag.Value as string, _pool, StringComparison.Ordinal)
            )
                CommandEnd.Note(this);
        }
    }
}
