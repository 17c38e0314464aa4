namespace LedgerLift.Resilience;

/// <summary>One change of state, as observers receive it. Immutable.</summary>
/// <param name="Name">The breaker's name.</param>
/// <param name="Sequence">1 for a breaker's first transition, then one more each; observers receive them in this order, without a gap.</param>
/// <param name="From">The state that ended.</param>
/// <param name="To">The state that began.</param>
/// <param name="Reason">
/// <c>threshold</c> (enough consecutive failures), <c>recovery_elapsed</c> (first probe admitted), <c>recovered</c> (enough successful probes),
/// <c>probe_failed</c>, or <c>manual</c> (<see cref="CircuitBreaker.Isolate"/>, <see cref="CircuitBreaker.Close"/>, <see cref="CircuitBreaker.Trip"/>).
/// </param>
/// <param name="Cause">The failure that opened the circuit; <see langword="null"/> for other transitions and when none was given.</param>
public sealed record BreakerTransition(string Name, long Sequence, BreakerState From, BreakerState To, string Reason, Exception? Cause);
