using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>
/// Stands outermost and notes the caller's token. Polly's timeout hands its own token inwards, and an inner strategy could not tell a dependency that hangs
/// until the timeout (a failure) from a caller who lost interest (none).
/// </summary>
internal sealed class CallerTokenStrategy : ResilienceStrategy
{
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        var outer = context.Properties.GetValue(ResilienceKeys.Caller, defaultValue: null);
        var own = CallerToken.Rent(context.CancellationToken);
        context.Properties.Set(ResilienceKeys.Caller, own);
        var pending = StrategyCallback.InvokeAsync(callback, context, state);
        if (!pending.IsCompletedSuccessfully)
            return AwaitAsync(pending, context, own, outer);

        Restore(context, own, outer);
        return pending;
    }

    [SuppressMessage("Design", "CA1031", Justification = StrategyCallback.Why)]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Outcome<TResult>> AwaitAsync<TResult>(
        ValueTask<Outcome<TResult>> pending,
        ResilienceContext context,
        CallerToken own,
        CallerToken? outer
    )
    {
        Outcome<TResult> outcome;
        try
        {
            outcome = await pending.ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (Exception failure)
        {
            outcome = Outcome.FromException<TResult>(failure);
        }

        Restore(context, own, outer);
        return outcome;
    }

    private static void Restore(ResilienceContext context, CallerToken own, CallerToken? outer)
    {
        context.Properties.Set(ResilienceKeys.Caller, outer);
        own.Return();
    }
}
