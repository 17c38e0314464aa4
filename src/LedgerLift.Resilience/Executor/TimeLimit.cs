using System.Collections.Concurrent;

namespace LedgerLift.Resilience;

/// <summary>
/// The token of one attempt: cancelled by the caller's token or after the time the attempt has, which is the attempt timeout or what is left of the
/// total timeout, whichever is less. One source serves both timeouts, and sources are reused, so that a call arms one timer and allocates nothing.
/// </summary>
internal sealed class TimeLimit
{
    private const int MaxFree = 64;
    private static readonly ConcurrentQueue<TimeLimit> Free = new();

    [ThreadStatic]
    private static TimeLimit? _mine;

    private readonly CancellationTokenSource _source;
    private readonly bool _reusable;
    private CancellationTokenRegistration _callersCancellation;

    private TimeLimit(CancellationTokenSource source, bool reusable)
    {
        _source = source;
        _reusable = reusable;
    }

    internal CancellationToken Token => _source.Token;

    /// <summary>Whether the total timeout is what this attempt runs against.</summary>
    internal bool IsTotal { get; private set; }

    internal static TimeLimit Start(TimeSpan time, bool isTotal, TimeProvider timeProvider, CancellationToken caller)
    {
        TimeLimit limit;
        if (ReferenceEquals(timeProvider, TimeProvider.System))
        {
            limit = Take();
            limit._source.CancelAfter(time);
        }
        else
        {
            // Only a source on the system's clock can be armed anew.
            limit = new TimeLimit(new CancellationTokenSource(time, timeProvider), reusable: false);
        }

        limit.IsTotal = isTotal;
        limit._callersCancellation = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit._source);
        return limit;
    }

    /// <summary>Ends the attempt. The token must not be used afterwards.</summary>
    internal void End()
    {
        // When it cannot be unregistered the caller's cancellation is running right now and will still touch the source: leave it to the collector.
        var registered = _callersCancellation != default;
        var released = _callersCancellation.Unregister() || !registered;
        _callersCancellation = default;
        if (!released)
        {
            return;
        }

        if (_reusable && _source.TryReset())
        {
            Give(this);
        }
        else
        {
            _source.Dispose();
        }
    }

    private static TimeLimit Take()
    {
        if (_mine is { } mine)
        {
            _mine = null;
            return mine;
        }

        return Free.TryDequeue(out var free) ? free : new TimeLimit(new CancellationTokenSource(), reusable: true);
    }

    private static void Give(TimeLimit limit)
    {
        if (_mine is null)
        {
            _mine = limit;
        }
        else if (Free.Count < MaxFree)
        {
            Free.Enqueue(limit);
        }
        else
        {
            limit._source.Dispose();
        }
    }
}
