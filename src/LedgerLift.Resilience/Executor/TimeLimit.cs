namespace LedgerLift.Resilience;

/// <summary>
/// The token of one attempt: cancelled by the caller's token or after the time the attempt has, which is the attempt timeout or what is left of the
/// total timeout, whichever is less. One source serves both timeouts, and sources are reused, so that a call allocates nothing.
/// </summary>
internal abstract class TimeLimit
{
    private CancellationTokenRegistration _callersCancellation;

    internal CancellationToken Token => Source.Token;

    /// <summary>Whether the total timeout is what this attempt runs against.</summary>
    internal bool IsTotal { get; private set; }

    protected abstract CancellationTokenSource Source { get; }

    internal static TimeLimit Start(TimeSpan time, bool isTotal, TimeProvider timeProvider, CancellationToken caller)
    {
        TimeLimit limit =
            ReferenceEquals(timeProvider, TimeProvider.System) && time >= WatchedTimeLimit.Shortest
                ? WatchedTimeLimit.Start(time)
                : TimedTimeLimit.Start(time, timeProvider);
        limit.IsTotal = isTotal;
        limit._callersCancellation = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit.Source);
        return limit;
    }

    /// <summary>Ends the attempt. The token must not be used afterwards.</summary>
    internal void End()
    {
        // When it cannot be unregistered the caller's cancellation is running right now and will still touch the source: leave it to the collector.
        var registered = _callersCancellation != default;
        var released = _callersCancellation.Unregister() || !registered;
        _callersCancellation = default;
        Stop(released);
    }

    /// <summary>Stops the clock, and keeps the source for another attempt when nobody else can still touch it.</summary>
    protected abstract void Stop(bool released);
}
