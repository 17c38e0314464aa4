using LedgerLift.Resilience;

namespace LedgerLift.Benchmarks;

/// <summary>Our policies, while somebody listens to their meter.</summary>
internal sealed class LedgerLiftPolicies : IDisposable
{
    private readonly MeterAudience _audience = new(ResilienceDiagnostics.MeterName);

    public LedgerLiftPolicies() => IsolatedBreaker.Isolate();

    /// <summary>Retry, budget and breaker; no timeouts.</summary>
    public ResilienceExecutor RetryAndBreaker { get; } = new("direct", new ResiliencePolicyOptions { TotalTimeout = null });

    /// <summary>The breaker of <see cref="RetryAndBreaker"/>.</summary>
    public CircuitBreaker Breaker => RetryAndBreaker.CircuitBreaker!;

    /// <summary>Total timeout, retry, budget, breaker and attempt timeout.</summary>
    public ResilienceExecutor WithTimeouts { get; } =
        new("timeouts", new ResiliencePolicyOptions { TotalTimeout = TimeSpan.FromSeconds(30), AttemptTimeout = TimeSpan.FromSeconds(10) });

    /// <summary>Refuses every call.</summary>
    public ResilienceExecutor IsolatedExecutor { get; } = new("isolated");

    /// <summary>The breaker of <see cref="IsolatedExecutor"/>.</summary>
    public CircuitBreaker IsolatedBreaker => IsolatedExecutor.CircuitBreaker!;

    public void Dispose() => _audience.Dispose();
}
