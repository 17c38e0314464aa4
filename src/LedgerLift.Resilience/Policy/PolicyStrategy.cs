using Polly;

namespace LedgerLift.Resilience;

/// <summary>Runs a call through the pipeline that its policy has at that moment.</summary>
internal sealed class PolicyStrategy(PolicyPipeline policy) : ResilienceStrategy
{
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state
    ) => policy.Current.ExecuteOutcomeAsync(callback, context, state);
}
