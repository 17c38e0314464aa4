namespace LedgerLift.Resilience.Tests;

/// <summary>This package, called directly.</summary>
internal sealed class ExecutorContender : OurContender
{
    private readonly ResilienceExecutor _executor;

    internal ExecutorContender(ScenarioSetup setup)
        : base(setup)
    {
        var options = new ResiliencePolicyOptions
        {
            CircuitBreaker = null,
            Budget = null,
            Retry = Retry,
            TotalTimeout = setup.TotalTimeout,
        };
        _executor = new ResilienceExecutor("scenario", options, this, Clock, Breaker, Budget, ScenarioChance.Draw);
    }

    protected override ValueTask<object> RunAsync(
        Func<CancellationToken, ValueTask<object>> operation,
        OperationSafety safety,
        CancellationToken caller
    ) => _executor.ExecuteAsync(safety, operation, static (operation, token) => operation(token), caller, this);
}
