using LedgerLift.Testing;
using Polly;

namespace LedgerLift.Resilience.Tests;

/// <summary>A Polly pipeline on a manual clock, its calls marked with a safety, and time that passes by itself while a call waits.</summary>
internal sealed class PipelineRig
{
    internal ManualTimeProvider Clock { get; } = new();

    /// <summary>The waits that passed.</summary>
    internal List<TimeSpan> Waits { get; } = [];

    internal static RetryOptions NoChance => new() { JitterMode = JitterMode.None };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal ResiliencePipelineBuilder Builder() => new() { TimeProvider = Clock };

    internal ResiliencePipelineBuilder<T> Builder<T>() => new() { TimeProvider = Clock };

    /// <summary>Calls, marked as given (null: not marked), and lets time pass whenever the call waits.</summary>
    internal async Task<T> RunAsync<T>(
        ResiliencePipeline pipeline,
        Func<CancellationToken, ValueTask<T>> operation,
        OperationSafety? safety = OperationSafety.Idempotent
    )
    {
        var context = Context(safety);
        var call = pipeline.ExecuteAsync(inside => operation(inside.CancellationToken), context).AsTask();
        return await FinishAsync(call, context);
    }

    internal async Task<T> RunAsync<T>(
        ResiliencePipeline<T> pipeline,
        Func<CancellationToken, ValueTask<T>> operation,
        OperationSafety? safety = OperationSafety.Idempotent
    )
    {
        var context = Context(safety);
        var call = pipeline.ExecuteAsync(inside => operation(inside.CancellationToken), context).AsTask();
        return await FinishAsync(call, context);
    }

    private static ResilienceContext Context(OperationSafety? safety)
    {
        var context = ResilienceContextPool.Shared.Get(Token);
        if (safety is { } known)
            context.Properties.Set(ResilienceKeys.OperationSafety, known);
        return context;
    }

    private async Task<T> FinishAsync<T>(Task<T> call, ResilienceContext context)
    {
        while (!call.IsCompleted)
        {
            // Nothing armed and nothing finished for ten seconds is an error, not a reason to wait on.
            var armed = Clock.WaitForTimerAsync();
            if (await Task.WhenAny(call, armed) == armed)
                await PassAsync(armed);
        }

        ResilienceContextPool.Shared.Return(context);
        return await call;
    }

    private async Task PassAsync(Task armed)
    {
        await armed;
        if (Clock.TimersDueIn is not [var wait, ..])
            return;
        Waits.Add(wait);
        // On a thread without a synchronisation context, so that what waits for the timer has run when this returns.
        await Task.Run(() => Clock.Advance(wait), Token);
    }
}
