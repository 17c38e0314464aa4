using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace LedgerLift.Resilience.Tests;

/// <summary>Polly's own breaker and retry: every failure in a window counts (ratio 1, at least 5), which is as near to "5 in a row" as it gets.</summary>
internal sealed class PollyContender : Contender
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline<object> _pipeline;

    internal PollyContender(ScenarioSetup setup)
    {
        var builder = new ResiliencePipelineBuilder<object> { TimeProvider = Clock };
        if (setup.TotalTimeout is { } total)
            builder.AddTimeout(total);
        if (setup.UsesRetry)
            builder.AddRetry(Retry(setup));
        if (setup.UsesBreaker)
            builder.AddCircuitBreaker(Breaker(setup));
        _pipeline = builder.Build();
    }

    internal override string State =>
        _state.CircuitState switch
        {
            CircuitState.Closed => "closed",
            CircuitState.Open => "open",
            CircuitState.HalfOpen => "half-open",
            _ => "isolated",
        };

    internal override Task IsolateAsync() => _control.IsolateAsync(TestContext.Current.CancellationToken);

    internal override Task CloseAsync() => _control.CloseAsync(TestContext.Current.CancellationToken);

    // Polly has no notion of a safety.
    protected override ValueTask<object> RunAsync(
        Func<CancellationToken, ValueTask<object>> operation,
        OperationSafety safety,
        CancellationToken caller
    ) => _pipeline.ExecuteAsync(operation, caller);

    private static RetryStrategyOptions<object> Retry(ScenarioSetup setup)
    {
        var options = new RetryStrategyOptions<object>
        {
            MaxRetryAttempts = setup.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(30),
            UseJitter = setup.Jitter,
            Randomizer = ScenarioChance.Draw,
        };
        if (setup.RetryAfter is { } wish)
            options.DelayGenerator = _ => new ValueTask<TimeSpan?>(wish);
        if (setup.Meaning is { } meaning)
            options.ShouldHandle = arguments => new ValueTask<bool>(Handles(meaning, arguments.Outcome));
        return options;
    }

    private CircuitBreakerStrategyOptions<object> Breaker(ScenarioSetup setup)
    {
        var options = new CircuitBreakerStrategyOptions<object>
        {
            FailureRatio = 1,
            MinimumThroughput = 5,
            SamplingDuration = setup.PollysWindow,
            BreakDuration = ScenarioSetup.Recovery,
            StateProvider = _state,
            ManualControl = _control,
        };
        if (setup.Meaning is { } meaning)
            options.ShouldHandle = arguments => new ValueTask<bool>(Handles(meaning, arguments.Outcome));
        if (setup.OnHalfOpen is { } onHalfOpen)
        {
            options.OnHalfOpened = _ =>
            {
                onHalfOpen();
                return default;
            };
        }

        return options;
    }

    private static bool Handles(Func<Exception?, object?, FailureDisposition?> meaning, Outcome<object> outcome) =>
        meaning(outcome.Exception, outcome.Result)
            is FailureDisposition.NotExecuted
                or FailureDisposition.Throttled
                or FailureDisposition.Ambiguous;
}
