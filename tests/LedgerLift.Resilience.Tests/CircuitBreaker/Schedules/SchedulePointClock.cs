using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>A clock that remembers what each thread read last, and whose every reading is a point of the schedule.</summary>
/// <param name="inner">What it reads.</param>
/// <param name="pointAfter">Whether another thread may go on after the reading too, not only before it.</param>
internal sealed class SchedulePointClock(ManualTimeProvider inner, bool pointAfter) : TimeProvider
{
    [ThreadStatic]
    private static TimeSpan? _lastReading;

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>What this thread read last since it was asked last; null when it has not read since.</summary>
    public static TimeSpan? TakeLastReading()
    {
        var reading = _lastReading;
        _lastReading = null;
        return reading;
    }

    public override long GetTimestamp()
    {
        BatonScheduler.Point();
        var timestamp = inner.GetTimestamp();
        _lastReading = GetElapsedTime(0, timestamp);
        if (pointAfter)
            BatonScheduler.Point();
        return timestamp;
    }
}
