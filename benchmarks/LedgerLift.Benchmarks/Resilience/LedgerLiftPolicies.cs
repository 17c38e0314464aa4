using LedgerLift.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace LedgerLift.Benchmarks;

/// <summary>Our policies as a host resolves them, while somebody listens to their meter.</summary>
internal sealed class LedgerLiftPolicies : IAsyncDisposable
{
    private const string Direct = "direct";
    private const string Timeouts = "timeouts";
    private const string Isolated = "isolated";

    private readonly MeterAudience _audience = new(ResilienceDiagnostics.MeterName);
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLedgerLiftResilience(Direct, static policy => policy.TotalTimeout = null)
        .AddLedgerLiftResilience(
            Timeouts,
            static policy =>
            {
                policy.TotalTimeout = TimeSpan.FromSeconds(30);
                policy.AttemptTimeout = TimeSpan.FromSeconds(10);
            }
        )
        .AddLedgerLiftResilience(Isolated)
        .BuildServiceProvider();

    public LedgerLiftPolicies()
    {
        RetryAndBreaker = _services.GetRequiredKeyedService<ResilienceExecutor>(Direct);
        Breaker = _services.GetRequiredKeyedService<CircuitBreaker>(Direct);
        InPolly = _services.GetRequiredKeyedService<ResiliencePipeline>(Direct);
        OnBuilder = new ResiliencePipelineBuilder()
            .AddLedgerLiftRetry(budget: RetryAndBreaker.Budget)
            .AddLedgerLiftCircuitBreaker(Breaker)
            .Build();
        WithTimeouts = _services.GetRequiredKeyedService<ResilienceExecutor>(Timeouts);
        IsolatedExecutor = _services.GetRequiredKeyedService<ResilienceExecutor>(Isolated);
        IsolatedBreaker = _services.GetRequiredKeyedService<CircuitBreaker>(Isolated);
        IsolatedBreaker.Isolate();
    }

    /// <summary>Retry, budget and breaker; no timeouts.</summary>
    public ResilienceExecutor RetryAndBreaker { get; }

    /// <summary>The breaker of <see cref="RetryAndBreaker"/>.</summary>
    public CircuitBreaker Breaker { get; }

    /// <summary>The same policy as <see cref="RetryAndBreaker"/>, as strategies of a Polly pipeline.</summary>
    public ResiliencePipeline InPolly { get; }

    /// <summary>The same strategies, added to a builder by hand.</summary>
    public ResiliencePipeline OnBuilder { get; }

    /// <summary>Total timeout, retry, budget, breaker and attempt timeout.</summary>
    public ResilienceExecutor WithTimeouts { get; }

    /// <summary>Refuses every call.</summary>
    public ResilienceExecutor IsolatedExecutor { get; }

    /// <summary>The breaker of <see cref="IsolatedExecutor"/>.</summary>
    public CircuitBreaker IsolatedBreaker { get; }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _audience.Dispose();
    }
}
