namespace LedgerLift.Resilience;

/// <summary>The options as the breaker uses them: immutable, every duration in units of the monotonic clock.</summary>
internal sealed class BreakerSettings
{
    private readonly long _frequency;
    private readonly CircuitBreakerOptions _options;

    internal BreakerSettings(CircuitBreakerOptions options, TimeProvider timeProvider)
    {
        _frequency = timeProvider.TimestampFrequency;
        _options = Copy(options);
        ProbeLease = ToUnits(_options.ProbeLease ?? _options.RecoveryTimeout);
    }

    internal int FailureThreshold => _options.FailureThreshold;

    internal int SuccessThreshold => _options.SuccessThreshold;

    internal int MaxConcurrentProbes => _options.MaxConcurrentProbes;

    internal BreakerMode Mode => _options.Mode;

    internal long ProbeLease { get; }

    /// <summary>
    /// The length of the opening that follows <paramref name="earlierOpenings"/> others without a close in between:
    /// min(MaxRecoveryTimeout, RecoveryTimeout · RecoveryMultiplier^earlierOpenings).
    /// </summary>
    internal long Recovery(int earlierOpenings)
    {
        if (_options.RecoveryMultiplier <= 1)
        {
            return ToUnits(_options.RecoveryTimeout);
        }

        var ticks = _options.RecoveryTimeout.Ticks * Math.Pow(_options.RecoveryMultiplier, earlierOpenings);
        return ToUnits(ticks < _options.MaxRecoveryTimeout.Ticks ? TimeSpan.FromTicks((long)ticks) : _options.MaxRecoveryTimeout);
    }

    /// <summary>From clock units to a duration, rounded up to a tick: whoever waits that long is not early. Never negative.</summary>
    internal TimeSpan ToDuration(long units)
    {
        var ticks = DivideUp((Int128)Math.Max(0, units) * TimeSpan.TicksPerSecond, _frequency);
        return ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
    }

    /// <summary>A point in time <paramref name="units"/> after <paramref name="now"/>; the end of time instead of an overflow.</summary>
    internal static long After(long now, long units) => now > long.MaxValue - units ? long.MaxValue : now + units;

    // In integers: a duration in floating point could come out one unit long, and a probe due now would be refused.
    private long ToUnits(TimeSpan duration)
    {
        var units = DivideUp((Int128)duration.Ticks * _frequency, TimeSpan.TicksPerSecond);
        return units < long.MaxValue ? (long)units : long.MaxValue;
    }

    private static Int128 DivideUp(Int128 dividend, long divisor) => (dividend + divisor - 1) / divisor;

    private static CircuitBreakerOptions Copy(CircuitBreakerOptions options) =>
        new()
        {
            FailureThreshold = options.FailureThreshold,
            RecoveryTimeout = options.RecoveryTimeout,
            SuccessThreshold = options.SuccessThreshold,
            MaxConcurrentProbes = options.MaxConcurrentProbes,
            ProbeLease = options.ProbeLease,
            RecoveryMultiplier = options.RecoveryMultiplier,
            MaxRecoveryTimeout = options.MaxRecoveryTimeout,
            Mode = options.Mode,
        };
}
