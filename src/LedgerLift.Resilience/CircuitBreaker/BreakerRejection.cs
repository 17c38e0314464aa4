namespace LedgerLift.Resilience;

/// <summary>Why a call was refused.</summary>
/// <param name="State">The state that refused it; never <see cref="BreakerState.Closed"/>.</param>
/// <param name="RetryAfter">
/// The time until the circuit may admit a probe, never negative. Zero while half-open: the probe under way may free its place at any moment.
/// <see langword="null"/> while isolated: no time ends it.
/// </param>
/// <param name="Cause">The failure that opened the circuit, or <see langword="null"/> when none was given.</param>
public readonly record struct BreakerRejection(BreakerState State, TimeSpan? RetryAfter, Exception? Cause);
