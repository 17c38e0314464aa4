namespace LedgerLift.Resilience;

/// <summary>
/// A limit of half a second or more on the system's clock. It has no timer: arming and stopping one costs as much as all else the executor does for a
/// call. The <see cref="TimeLimitWatch"/> looks after all of them with one, and ends a time up to 50 ms late, never early.
/// </summary>
internal sealed class WatchedTimeLimit : TimeLimit
{
    /// <summary>From here on, so little does not matter.</summary>
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // The system's count of milliseconds may lag behind by its resolution when a time begins.
    private const long Resolution = 16;

    private static readonly TimeLimitPool<WatchedTimeLimit> Free = new();

    [ThreadStatic]
    private static WatchedTimeLimit? _ofThread;

    // When the time is over, by the system's count of milliseconds; 0 while no attempt runs. Who sets it to 0, the attempt or the watch, has it.
    private long _endsAt;

    private WatchedTimeLimit() { }

    /// <summary>Where the watch keeps it; the watch's own.</summary>
    internal int Place { get; set; }

    protected override CancellationTokenSource Source { get; } = new();

    internal static WatchedTimeLimit Start(TimeSpan time)
    {
        if (Free.Take(ref _ofThread) is not { } limit)
        {
            limit = new WatchedTimeLimit();
            TimeLimitWatch.Add(limit);
        }

        Interlocked.Exchange(ref limit._endsAt, Environment.TickCount64 + (long)Math.Ceiling(time.TotalMilliseconds) + Resolution);
        TimeLimitWatch.Wake();
        return limit;
    }

    /// <summary>Ends the time when it is over; true when an attempt still runs within it.</summary>
    internal bool Look(long now)
    {
        var endsAt = Volatile.Read(ref _endsAt);
        if (endsAt == 0 || endsAt > now)
            return endsAt != 0;
        // On the pool: what is cancelled may do much, and the watch has others to look after.
        if (Interlocked.CompareExchange(ref _endsAt, 0, endsAt) == endsAt)
            ThreadPool.UnsafeQueueUserWorkItem(static limit => limit.Source.Cancel(), this, preferLocal: false);
        return false;
    }

    protected override void Stop(bool released)
    {
        // When the watch was first, it is about to cancel the source: leave it to the collector.
        var isOurs = Interlocked.Exchange(ref _endsAt, 0) != 0;
        if (isOurs && released && Source.TryReset() && Free.TryGive(this, ref _ofThread))
            return;
        TimeLimitWatch.Remove(this);
        if (isOurs && released)
            Source.Dispose();
    }
}
