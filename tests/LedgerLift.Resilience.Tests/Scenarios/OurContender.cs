namespace LedgerLift.Resilience.Tests;

/// <summary>What both ways to use this package share: the breaker, the budget, the reading of failures.</summary>
internal abstract class OurContender : Contender, IFailureClassifier, IOutcomeClassifier<object>
{
    private readonly ScenarioSetup _setup;

    protected OurContender(ScenarioSetup setup)
    {
        _setup = setup;
        if (setup.UsesBreaker)
            Breaker = new CircuitBreaker("store", options: null, Clock);
        if (setup.OnHalfOpen is { } onHalfOpen)
        {
            Breaker?.Subscribe(transition =>
            {
                if (transition.To == BreakerState.HalfOpen)
                    onHalfOpen();
            });
        }

        Budget = setup.Budget ? new RetryBudget(options: null, Clock) : null;
    }

    internal override string State =>
        Breaker?.State switch
        {
            BreakerState.Closed => "closed",
            BreakerState.Open => "open",
            BreakerState.HalfOpen => "half-open",
            _ => "isolated",
        };

    protected CircuitBreaker? Breaker { get; }

    protected RetryBudget? Budget { get; }

    protected RetryOptions Retry =>
        new()
        {
            MaxRetries = _setup.UsesRetry ? _setup.MaxRetries : 0,
            JitterMode = _setup.Jitter ? JitterMode.Proportional : JitterMode.None,
        };

    public FailureDisposition Classify(Exception failure, CancellationToken callerToken) =>
        _setup.Meaning?.Invoke(failure, null) ?? DefaultFailureClassifier.Instance.Classify(failure, callerToken);

    public FailureDisposition? Classify(object result) => _setup.Meaning?.Invoke(null, result);

    public TimeSpan? GetRetryAfter(Exception failure) => _setup.RetryAfter ?? DefaultFailureClassifier.Instance.GetRetryAfter(failure);

    internal override Task IsolateAsync()
    {
        Breaker?.Isolate();
        return Task.CompletedTask;
    }

    internal override Task CloseAsync()
    {
        Breaker?.Close();
        return Task.CompletedTask;
    }
}
