namespace LedgerLift.Resilience;

/// <summary>The monotonic time since a budget was made, in the steps of <see cref="RetryBudgetRules"/>.</summary>
internal readonly struct RetryBudgetClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly long _frequency = timeProvider.TimestampFrequency;

    /// <summary>Whole steps that have passed; never negative.</summary>
    internal long Step()
    {
        var elapsed = Math.Max(0, timeProvider.GetTimestamp() - _start);
        // Seconds and the rest apart: the product of all of it would overflow after four years of nanoseconds.
        var (seconds, rest) = Math.DivRem(elapsed, _frequency);
        return (seconds * RetryBudgetRules.StepsPerSecond) + (rest * RetryBudgetRules.StepsPerSecond / _frequency);
    }
}
