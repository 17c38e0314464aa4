namespace LedgerLift.Resilience;

/// <summary>The breakers of the host's policies, for status pages and for policies that need one breaker a key, such as a host or a bucket.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ICircuitBreakerRegistry
{
    /// <summary>Every breaker that is registered at this moment: one for each policy that has been resolved, and the keyed ones.</summary>
    IReadOnlyCollection<CircuitBreaker> Breakers { get; }

    /// <summary>
    /// The breaker of <paramref name="key"/> under the settings of a policy, made when it is first asked for. At most
    /// <see cref="ResiliencePolicyOptions.MaxKeyedBreakers"/> are kept for a policy; the least recently asked for that is closed without a failure
    /// makes room. Where every one is needed, the surplus keys share one breaker, so that calls stay guarded and memory stays bounded.
    /// </summary>
    /// <param name="policyName">The name given to <c>AddLedgerLiftResilience</c>.</param>
    /// <param name="key">What is told apart; not blank, compared ordinally.</param>
    /// <returns>The breaker.</returns>
    /// <exception cref="ArgumentException">A name is blank.</exception>
    /// <exception cref="InvalidOperationException">No policy of that name was added, or it has no circuit breaker.</exception>
    CircuitBreaker GetOrAdd(string policyName, string key);
}
