using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;
using Polly.Timeout;

namespace LedgerLift.Benchmarks;

/// <summary>Polly's own strategies, with the options their defaults give.</summary>
internal static class PollyPipelines
{
    public static ResiliencePipeline Breaker() =>
        new ResiliencePipelineBuilder().AddCircuitBreaker(new CircuitBreakerStrategyOptions()).Build();

    public static ResiliencePipeline Retry() => new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions()).Build();

    public static ResiliencePipeline RetryAndBreaker() => AddRetryAndBreaker(new ResiliencePipelineBuilder()).Build();

    /// <summary>As Polly's own registration resolves it: from a registry, which counts the calls under way.</summary>
    public static ResiliencePipeline OfRegistry() =>
        new ResiliencePipelineRegistry<string>().GetOrAddPipeline("retry+breaker", static builder => AddRetryAndBreaker(builder));

    /// <summary>Total timeout, retry, breaker, attempt timeout, from outside in.</summary>
    public static ResiliencePipeline WithTimeouts() =>
        new ResiliencePipelineBuilder()
            .AddTimeout(TimeSpan.FromSeconds(30))
            .AddRetry(new RetryStrategyOptions())
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions())
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(10) })
            .Build();

    /// <summary>A breaker that refuses every call.</summary>
    public static async Task<ResiliencePipeline> IsolatedBreakerAsync()
    {
        var control = new CircuitBreakerManualControl();
        var pipeline = new ResiliencePipelineBuilder()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions { ManualControl = control })
            .Build();
        await control.IsolateAsync();
        return pipeline;
    }

    private static ResiliencePipelineBuilder AddRetryAndBreaker(ResiliencePipelineBuilder builder) =>
        builder.AddRetry(new RetryStrategyOptions()).AddCircuitBreaker(new CircuitBreakerStrategyOptions());
}
