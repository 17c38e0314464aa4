using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>Is told of every command that ended, and reports the slow ones. Thread-safe.</summary>
internal sealed class SlowQueryMonitor(string pool, TimeSpan threshold, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    /// <summary>One warning for each kind of query in this time; the metric and the subscribers have them all.</summary>
    internal static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    private const int RememberedKinds = 1000;

    private static readonly Counter<long> SlowQueries = DataMeter.Instance.CreateCounter<long>(
        "ledgerlift.data.slow_queries",
        "{query}",
        "Commands that took SlowQueryThreshold or longer."
    );

    private readonly ConcurrentDictionary<string, long> _warnedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<object, Action<SlowQuery>> _observers = new();
    private long _thresholdTicks = threshold.Ticks;
    private PlanQueue? _plans;

    public TimeSpan Threshold
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _thresholdTicks));
        set => Volatile.Write(ref _thresholdTicks, value.Ticks);
    }

    /// <summary>Has the plans of slow queries taken from now on. Once.</summary>
    public void TakePlans(Func<string, CancellationToken, ValueTask<string?>> read) => _plans ??= new PlanQueue(read, Warn, time);

    public IDisposable Subscribe(Action<SlowQuery> observer)
    {
        var key = new object();
        _observers[key] = observer;
        return new Subscription(() => _observers.TryRemove(key, out _));
    }

    public bool IsSlow(TimeSpan duration) => duration.Ticks >= Volatile.Read(ref _thresholdTicks);

    /// <summary>The same in whole milliseconds, as every command asks it.</summary>
    public bool IsSlow(long milliseconds) => milliseconds * TimeSpan.TicksPerMillisecond >= Volatile.Read(ref _thresholdTicks);

    /// <summary>A command took too long.</summary>
    public void Report(string sql, TimeSpan duration, QueryOutcome outcome)
    {
        var query = new SlowQuery(SqlText.Mask(sql), duration, outcome, time.GetUtcNow(), Plan: null);
        SlowQueries.Add(
            1,
            new("db.client.connection.pool.name", pool),
            new KeyValuePair<string, object?>("ledgerlift.data.query.outcome", Text(outcome))
        );
        // One plan for each kind of query in the interval, with its warning.
        if (!IsDue(query.Text))
            Tell(query);
        else if (_plans?.TryTake(sql, query) != true)
            Warn(query);
    }

    public ValueTask DisposeAsync() => _plans?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Text(QueryOutcome outcome) =>
        outcome switch
        {
            QueryOutcome.Completed => "completed",
            QueryOutcome.Failed => "failed",
            QueryOutcome.TimedOut => "timed_out",
            _ => "canceled",
        };

    private void Warn(SlowQuery query)
    {
        if (query.Plan is null)
            Log.SlowQuery(logger, pool, query.Duration.TotalSeconds, query.Outcome, query.Text);
        else
            Log.SlowQueryWithPlan(logger, pool, query.Duration.TotalSeconds, query.Outcome, query.Text, query.Plan);
        Tell(query);
    }

    private void Tell(SlowQuery query)
    {
        foreach (var observer in _observers)
            Tell(observer.Value, query);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A stranger's callback must not fail the query that it hears of.")]
    private void Tell(Action<SlowQuery> observer, SlowQuery query)
    {
        try
        {
            observer(query);
        }
        catch (Exception failure)
        {
            Log.ObserverFailed(logger, pool, failure);
        }
    }

    private bool IsDue(string kind)
    {
        if (_warnedAt.Count >= RememberedKinds)
            _warnedAt.Clear();
        var now = time.GetTimestamp();
        while (true)
        {
            if (!_warnedAt.TryGetValue(kind, out var before))
            {
                if (_warnedAt.TryAdd(kind, now))
                    return true;
            }
            else if (time.GetElapsedTime(before, now) < WarningInterval)
            {
                return false;
            }
            else if (_warnedAt.TryUpdate(kind, now, before))
            {
                return true;
            }
        }
    }
}
