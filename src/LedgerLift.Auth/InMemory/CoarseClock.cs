namespace LedgerLift.Auth;

/// <summary>Says of most instants that they are still to come, without asking the clock: from a count of milliseconds and a reading of the clock that is at most <see cref="MaxAge"/> old.</summary>
/// <remarks>
/// A reading of the wall clock costs as much as the rest of a lookup, the system's count of milliseconds a quarter of that. The count may lag by
/// its resolution (up to 16 ms), so an instant is taken to be far only when it is further away than <see cref="Slack"/>; all others are to be compared with the clock itself.
/// Safe to use from any thread.
/// </remarks>
internal sealed class CoarseClock
{
    /// <summary>How long a reading serves, in milliseconds: so late a clock that is set is noticed.</summary>
    internal const long MaxAge = 16;

    /// <summary>What is nearer than this may be due, in milliseconds.</summary>
    internal const long Slack = 50;

    private long _readAt = -MaxAge - 1;
    private long _offset;
    private int _learning;

    /// <summary>Whether an instant is certainly to come; false when that is not certain, and the clock must be asked.</summary>
    /// <param name="instant">In milliseconds by the clock.</param>
    /// <param name="count">The system's count of milliseconds, now; from 0.</param>
    internal bool IsFar(long instant, long count)
    {
        // The age first: the offset is then at least as new.
        var age = count - Volatile.Read(ref _readAt);
        return age <= MaxAge && instant - (count + Volatile.Read(ref _offset)) > Slack;
    }

    /// <summary>Takes a new reading: what the clock showed just after the count.</summary>
    internal void Learn(long count, long now)
    {
        // One thread at a time, so that none overwrites a newer reading with one that it took long ago; the others have asked the clock anyway.
        if (Interlocked.CompareExchange(ref _learning, 1, 0) != 0)
            return;
        if (count > _readAt)
        {
            Volatile.Write(ref _offset, now - count);
            Volatile.Write(ref _readAt, count);
        }

        Volatile.Write(ref _learning, 0);
    }
}
