namespace LedgerLift.Resilience;

/// <summary>The keyed breakers of one policy, with the settings that new ones start with.</summary>
internal sealed class KeyedPolicyBreakers
{
    private readonly KeyedBreakers _breakers;
    private volatile CircuitBreakerOptions _settings;

    internal KeyedPolicyBreakers(string policyName, int capacity, CircuitBreakerOptions settings, TimeProvider timeProvider, BreakerLog log)
    {
        _settings = settings;
        _breakers = new KeyedBreakers(
            policyName,
            capacity,
            name =>
            {
                var breaker = new CircuitBreaker(name, policyName, _settings, timeProvider);
                log.Follow(breaker);
                return breaker;
            }
        );
    }

    internal IEnumerable<CircuitBreaker> Breakers => _breakers.Breakers;

    internal CircuitBreaker GetOrAdd(string key) => _breakers.GetOrAdd(key);

    internal void Update(CircuitBreakerOptions settings)
    {
        _settings = settings;
        _breakers.Update(settings);
    }
}
