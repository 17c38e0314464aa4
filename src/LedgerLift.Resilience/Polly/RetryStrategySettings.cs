namespace LedgerLift.Resilience;

/// <summary>What a retry strategy is told besides its collaborators.</summary>
/// <param name="Name">The name in metrics.</param>
/// <param name="Retry">The retry settings, checked.</param>
/// <param name="TotalTimeout">The total timeout that stands around the strategy; <see langword="null"/>: none, or none that is known.</param>
/// <param name="WaitForOpenCircuit">Whether a call waits for an open circuit to admit a probe.</param>
internal sealed record RetryStrategySettings(
    string Name,
    RetryOptions Retry,
    TimeSpan? TotalTimeout = null,
    bool WaitForOpenCircuit = false
);
