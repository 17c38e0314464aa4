using LedgerLift.Resilience;

namespace LedgerLift.Auth.Redis;

/// <summary>The defaults for a server that answers within milliseconds, or is away for the seconds that a restart or a failover takes.</summary>
internal static class RedisPolicy
{
    internal static ResiliencePolicyOptions Defaults() =>
        new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(1),
            TotalTimeout = TimeSpan.FromSeconds(5),
            Retry = new RetryOptions
            {
                MaxRetries = 6,
                BaseDelay = TimeSpan.FromMilliseconds(25),
                MaxDelay = TimeSpan.FromMilliseconds(400),
            },
            CircuitBreaker = new CircuitBreakerOptions { FailureThreshold = 20, RecoveryTimeout = TimeSpan.FromSeconds(2) },
        };

    internal static void Copy(ResiliencePolicyOptions from, ResiliencePolicyOptions to)
    {
        to.CircuitBreaker = from.CircuitBreaker;
        to.Retry = from.Retry;
        to.Budget = from.Budget;
        to.AttemptTimeout = from.AttemptTimeout;
        to.TotalTimeout = from.TotalTimeout;
        to.RetryOpenCircuit = from.RetryOpenCircuit;
        to.MaxKeyedBreakers = from.MaxKeyedBreakers;
    }
}
