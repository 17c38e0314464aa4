using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Resilience;

/// <summary>Finds the host's policies by name, and keeps those that were resolved.</summary>
internal sealed class CircuitBreakerRegistry(IServiceProvider services) : ICircuitBreakerRegistry
{
    private readonly ConcurrentDictionary<string, ResiliencePolicy> _resolved = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CircuitBreaker> Breakers =>
        [
            .. _resolved.Values.Select(policy => policy.Executor.CircuitBreaker).OfType<CircuitBreaker>(),
            .. _resolved.Values.SelectMany(policy => policy.Keyed?.Breakers ?? []),
        ];

    public CircuitBreaker GetOrAdd(string policyName, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policyName);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        var policy =
            services.GetKeyedService<ResiliencePolicy>(policyName)
            ?? throw new InvalidOperationException(
                $"There is no resilience policy '{policyName}'; add it with AddLedgerLiftResilience(\"{policyName}\", …)."
            );
        return (policy.Keyed ?? throw NoBreaker(policyName)).GetOrAdd(key);
    }

    internal static InvalidOperationException NoBreaker(string policyName) =>
        new(
            $"The resilience policy '{policyName}' has no circuit breaker: its options set {nameof(ResiliencePolicyOptions.CircuitBreaker)} to null."
        );

    internal ResiliencePolicy Add(ResiliencePolicy policy)
    {
        _resolved[policy.Name] = policy;
        return policy;
    }
}
