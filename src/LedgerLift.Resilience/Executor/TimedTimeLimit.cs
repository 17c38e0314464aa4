namespace LedgerLift.Resilience;

/// <summary>A limit with a timer of its own: for short times, and for clocks other than the system's.</summary>
internal sealed class TimedTimeLimit : TimeLimit
{
    private static readonly TimeLimitPool<TimedTimeLimit> Free = new();

    [ThreadStatic]
    private static TimedTimeLimit? _ofThread;

    private readonly bool _reusable;

    private TimedTimeLimit(CancellationTokenSource source, bool reusable)
    {
        Source = source;
        _reusable = reusable;
    }

    protected override CancellationTokenSource Source { get; }

    internal static TimedTimeLimit Start(TimeSpan time, TimeProvider timeProvider)
    {
        // Only a source on the system's clock can be armed anew.
        if (!ReferenceEquals(timeProvider, TimeProvider.System))
            return new TimedTimeLimit(new CancellationTokenSource(time, timeProvider), reusable: false);
        var limit = Free.Take(ref _ofThread) ?? new TimedTimeLimit(new CancellationTokenSource(), reusable: true);
        limit.Source.CancelAfter(time);
        return limit;
    }

    protected override void Stop(bool released)
    {
        if (!released)
            return;
        if (!_reusable || !Source.TryReset() || !Free.TryGive(this, ref _ofThread))
            Source.Dispose();
    }
}
