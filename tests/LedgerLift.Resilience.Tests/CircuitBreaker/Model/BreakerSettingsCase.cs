namespace LedgerLift.Resilience.Tests;

/// <summary>Options that print themselves. Times in seconds, and multipliers with few binary places: then both sides compute exactly.</summary>
internal sealed record BreakerSettingsCase(
    int Failures,
    int Successes,
    int Probes,
    int Recovery,
    int? Lease,
    double Multiplier,
    int MaxRecovery,
    bool Shadow
)
{
    public TimeSpan RecoveryTimeout => TimeSpan.FromSeconds(Recovery);

    public TimeSpan ProbeLease => TimeSpan.FromSeconds(Lease ?? Recovery);

    public CircuitBreakerOptions ToOptions() =>
        new()
        {
            FailureThreshold = Failures,
            SuccessThreshold = Successes,
            MaxConcurrentProbes = Probes,
            RecoveryTimeout = RecoveryTimeout,
            ProbeLease = Lease is { } lease ? TimeSpan.FromSeconds(lease) : null,
            RecoveryMultiplier = Multiplier,
            MaxRecoveryTimeout = TimeSpan.FromSeconds(MaxRecovery),
            Mode = Shadow ? BreakerMode.Shadow : BreakerMode.Enforce,
        };
}
