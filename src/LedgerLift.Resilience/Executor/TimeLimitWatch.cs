namespace LedgerLift.Resilience;

/// <summary>Looks after all <see cref="WatchedTimeLimit"/>s of the process with one timer, which runs while any attempt does.</summary>
internal static class TimeLimitWatch
{
    private const int Interval = 16;

    private static readonly Lock ListLock = new();
    private static readonly List<WatchedTimeLimit> Limits = [];
    private static readonly Timer Timer = CreateTimer();

    // 1: the timer is armed, or its callback runs. Whoever sets it to 1 arms the timer, which fires once.
    private static int _awake;

    internal static void Add(WatchedTimeLimit limit)
    {
        lock (ListLock)
        {
            limit.Place = Limits.Count;
            Limits.Add(limit);
        }
    }

    internal static void Remove(WatchedTimeLimit limit)
    {
        lock (ListLock)
        {
            var last = Limits[^1];
            Limits[limit.Place] = last;
            last.Place = limit.Place;
            Limits.RemoveAt(Limits.Count - 1);
        }
    }

    /// <summary>To be called when a time has begun, behind a full fence.</summary>
    internal static void Wake()
    {
        if (Volatile.Read(ref _awake) == 0 && Interlocked.Exchange(ref _awake, 1) == 0)
            Timer.Change(Interval, Timeout.Infinite);
    }

    private static void Look()
    {
        var running = LookAtAll();
        if (!running)
        {
            // A time that began before this was not told to wake us, so it must be seen now; one that begins after it wakes us itself.
            Interlocked.Exchange(ref _awake, 0);
            running = LookAtAll() && Interlocked.Exchange(ref _awake, 1) == 0;
        }

        if (running)
            Timer.Change(Interval, Timeout.Infinite);
    }

    private static bool LookAtAll()
    {
        var now = Environment.TickCount64;
        var running = false;
        lock (ListLock)
            foreach (var limit in Limits)
                running |= limit.Look(now);
        return running;
    }

    private static Timer CreateTimer()
    {
        // The timer outlives the call that happens to be the first: it must not keep its context.
        using (ExecutionContext.SuppressFlow())
            return new Timer(static _ => Look(), state: null, Timeout.Infinite, Timeout.Infinite);
    }
}
