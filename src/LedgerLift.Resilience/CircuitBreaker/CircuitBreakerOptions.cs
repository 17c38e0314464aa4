namespace LedgerLift.Resilience;

/// <summary>When a <see cref="CircuitBreaker"/> opens, how long it stays open, and what closes it. Read once; not thread-safe while being changed.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Consecutive failures, in order of completion, that open the circuit.</summary>
    /// <value>The default is 5. At least 1.</value>
    public int FailureThreshold { get; set; } = 5;

    /// <summary>How long an opened circuit refuses every call before it admits a probe, by the monotonic clock.</summary>
    /// <value>The default is 60 seconds. Greater than zero.</value>
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Successful probes of one half-open period that close the circuit.</summary>
    /// <value>The default is 2. At least 1.</value>
    public int SuccessThreshold { get; set; } = 2;

    /// <summary>Probes that may be under way at the same time while half-open.</summary>
    /// <value>The default is 1. From 1 to <see cref="SuccessThreshold"/>, inclusive: more could never count.</value>
    public int MaxConcurrentProbes { get; set; } = 1;

    /// <summary>How long a probe holds its place; after that the place is free for another probe and the late result is ignored.</summary>
    /// <value>The default is <see langword="null"/>: as long as <see cref="RecoveryTimeout"/>. Greater than zero.</value>
    public TimeSpan? ProbeLease { get; set; }

    /// <summary>Each opening without a close in between lasts this many times as long as the one before.</summary>
    /// <value>The default is 1: every opening lasts <see cref="RecoveryTimeout"/>. At least 1, finite.</value>
    public double RecoveryMultiplier { get; set; } = 1;

    /// <summary>The longest opening that <see cref="RecoveryMultiplier"/> may lead to.</summary>
    /// <value>The default is 10 minutes. At least <see cref="RecoveryTimeout"/> when the multiplier is over 1; not used when it is 1.</value>
    public TimeSpan MaxRecoveryTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether calls are refused or only counted.</summary>
    /// <value>The default is <see cref="BreakerMode.Enforce"/>.</value>
    public BreakerMode Mode { get; set; } = BreakerMode.Enforce;
}
