using LedgerLift.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace LedgerLift.Benchmarks;

/// <summary>The same promise on both sides: three retries from one second on, and, where there is a breaker, sixty seconds of rest; else the defaults.</summary>
internal static class StormProtections
{
    public static StormClients Polly(bool breaker) =>
        new(
            breaker ? "Polly retry+breaker" : "Polly retry",
            time =>
            {
                var pipeline = PollyPipeline(time, breaker);
                return dependency => pipeline.ExecuteAsync(static (dependency, token) => dependency.AskAsync(token), dependency);
            }
        );

    public static StormClients Ours(bool breaker) =>
        new(
            breaker ? "LedgerLift retry+budget+breaker" : "LedgerLift retry+budget",
            time =>
            {
                var options = new ResiliencePolicyOptions { CircuitBreaker = breaker ? new CircuitBreakerOptions() : null };
                var executor = new ResilienceExecutor("storm", options, timeProvider: time);
                return dependency =>
                    executor.ExecuteAsync(OperationSafety.Idempotent, dependency, static (dependency, token) => dependency.AskAsync(token));
            }
        );

    private static ResiliencePipeline PollyPipeline(TimeProvider time, bool breaker)
    {
        var random = new Random(Seed: 20_263);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddRetry(
            new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(30),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random.NextDouble,
            }
        );
        if (breaker)
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions { BreakDuration = TimeSpan.FromSeconds(60) });

        return builder.Build();
    }
}
