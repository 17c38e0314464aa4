using Polly;

namespace LedgerLift.Resilience.Tests;

/// <summary>This package's strategies in a Polly pipeline.</summary>
internal sealed class PipelineContender : OurContender
{
    private readonly ResiliencePipeline<object> _pipeline;

    internal PipelineContender(ScenarioSetup setup)
        : base(setup)
    {
        var builder = new ResiliencePipelineBuilder<object> { TimeProvider = Clock };
        var guarded = new GuardedClassifier(this);
        var judge = new OutcomeJudge(guarded, outcomes: this);
        if (setup.TotalTimeout is { } total)
            builder.AddTimeout(total);
        if (setup.UsesRetry)
        {
            var settings = new RetryStrategySettings("scenario", Retry, setup.TotalTimeout);
            builder.AddPolicyRetry(settings, judge, new RetryJudge("scenario", guarded, Breaker, Budget, ScenarioChance.Draw), Budget);
        }

        if (Breaker is not null)
            builder.AddPolicyBreaker(Breaker, judge);
        _pipeline = builder.Build();
    }

    protected override async ValueTask<object> RunAsync(
        Func<CancellationToken, ValueTask<object>> operation,
        OperationSafety safety,
        CancellationToken caller
    )
    {
        var context = ResilienceContextPool.Shared.Get(caller);
        context.Properties.Set(ResilienceKeys.OperationSafety, safety);
        try
        {
            return await _pipeline.ExecuteAsync(inside => operation(inside.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
