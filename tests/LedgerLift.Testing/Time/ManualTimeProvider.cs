namespace LedgerLift.Testing;

/// <summary>
/// A clock that moves only when a test says so. The wall clock and the timestamp are two hands: <see cref="Advance"/> moves both,
/// <see cref="StepWallClock"/> and <see cref="AdvanceTimestamp"/> move one. Timers follow the timestamp, as the system's timers do.
/// </summary>
/// <remarks>
/// Thread-safe. Callbacks run on the thread that moves the clock, each at its own due instant and in due order, outside any lock, so they may
/// read the clock, create timers and move the clock themselves. An exception of a callback leaves through the method that moved the clock.
/// A timer with a due time of zero fires at the next move of the timestamp, <c>Advance(TimeSpan.Zero)</c> included.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>Where the wall clock stands when the constructor is not told: 15 June 2030, 12:00 UTC.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2030, 6, 15, 12, 0, 0, TimeSpan.Zero);

    // A machine that has just been asked for its first timestamp has been up for a while: zero would hide "0 means never" mistakes.
    private static readonly TimeSpan Uptime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly ManualTimerQueue _queue = new();
    private readonly Pulse _armed = new();
    private TimeZoneInfo _localTimeZone = TimeZoneInfo.Utc;
    private DateTimeOffset _utcNow;
    private TimeSpan _uptime = Uptime;

    /// <summary>A clock standing still.</summary>
    /// <param name="start">Where the wall clock stands; null: <see cref="DefaultStart"/>. Its offset is dropped, the instant kept.</param>
    /// <param name="timestampFrequency">Timestamps per second, above 0; 1 000 000 000 as on Linux by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timestampFrequency"/> is 0 or below.</exception>
    public ManualTimeProvider(DateTimeOffset? start = null, long timestampFrequency = 1_000_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        _utcNow = (start ?? DefaultStart).ToUniversalTime();
        TimestampFrequency = timestampFrequency;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency { get; }

    /// <summary>UTC until <see cref="SetLocalTimeZone"/> says otherwise.</summary>
    public override TimeZoneInfo LocalTimeZone => Volatile.Read(ref _localTimeZone);

    /// <summary>How many timers are armed: created or changed with a due time, not yet fired for the last time, not disposed.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    /// <summary>How many timers were ever created.</summary>
    public int TimersCreated
    {
        get
        {
            lock (_lock)
                return field;
        }
        private set;
    }

    /// <summary>What is left until each armed timer fires, the next one first.</summary>
    public IReadOnlyList<TimeSpan> TimersDueIn
    {
        get
        {
            lock (_lock)
                return [.. _queue.DueTimes.Select(due => due - _uptime)];
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _utcNow;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return (long)((Int128)_uptime.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);
    }

    /// <summary>Sets what <see cref="LocalTimeZone"/> answers.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public void SetLocalTimeZone(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Volatile.Write(ref _localTimeZone, zone);
    }

    /// <summary>Time passes: wall clock and timestamp move together and every timer due on the way fires.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by) => Move(by, wallToo: true);

    /// <summary>The timestamp moves and timers fire, the wall clock stands: what a stopped or slewed wall clock looks like.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative; a timestamp never runs back.</exception>
    public void AdvanceTimestamp(TimeSpan by) => Move(by, wallToo: false);

    /// <summary>Somebody sets the wall clock, forward or back (an NTP step). Timestamp and timers do not notice.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_lock)
            _utcNow += by;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
            TimersCreated++;
        Arm(timer, dueTime, period);
        return timer;
    }

    /// <summary>
    /// Completes as soon as at least <paramref name="count"/> timers are armed, at once when they are already: a test moves the clock only after
    /// the delay it wants to end has begun.
    /// </summary>
    /// <param name="count">How many armed timers to wait for, from 1.</param>
    /// <param name="timeout">The longest real wait; null: 10 seconds.</param>
    /// <exception cref="TimeoutException">Fewer timers were armed in <paramref name="timeout"/>; the message lists those that were.</exception>
    public Task WaitForTimerAsync(int count = 1, TimeSpan? timeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        return _armed.UntilAsync(
            () => ActiveTimers >= count,
            limit,
            () => $"Waited {limit} for {count} armed timer(s); {DescribeTimers()}"
        );
    }

    internal bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNoTimerTime(dueTime);
        ThrowIfNoTimerTime(period);
        lock (_lock)
        {
            if (timer.Disposed)
                return false;
            _queue.Remove(timer);
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            _queue.Add(timer, _uptime + dueTime);
        }

        _armed.Beat();
        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.Disposed = true;
            _queue.Remove(timer);
        }
    }

    private static void ThrowIfNoTimerTime(TimeSpan value)
    {
        if (value == Timeout.InfiniteTimeSpan)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        // The system's timers refuse more, and code that asks for more must fail here too.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(uint.MaxValue - 1));
    }

    private string DescribeTimers()
    {
        var dueIn = TimersDueIn;
        return $"{dueIn.Count} armed, due in [{string.Join(", ", dueIn)}], {TimersCreated} ever created.";
    }

    private void Move(TimeSpan by, bool wallToo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        // Each call spends its own remainder, so concurrent and nested moves add up instead of waiting for one another.
        while (NextStep(ref by, wallToo) is { } timer)
            timer.Fire();
    }

    private ManualTimer? NextStep(ref TimeSpan left, bool wallToo)
    {
        lock (_lock)
        {
            var next = _queue.TakeDueBy(_uptime + left);
            var step = next is null ? left : next.DueAt - _uptime;
            _uptime += step;
            _utcNow += wallToo ? step : TimeSpan.Zero;
            left -= step;
            if (next is { Period.Ticks: > 0 })
                _queue.Add(next, next.DueAt + next.Period);
            return next;
        }
    }
}
