using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>The retry of this package as a Polly strategy: the same decisions as the executor's.</summary>
internal sealed class RetryStrategy(
    RetryStrategySettings settings,
    OutcomeJudge judge,
    RetryJudge retries,
    RetryBudget? budget,
    RetryEvents events,
    TimeProvider timeProvider
) : ResilienceStrategy
{
    private readonly bool _needsTime = settings.TotalTimeout is not null || events.AreHeard;

    [SuppressMessage("Usage", "VSTHRD103", Justification = "The task has completed.")]
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        budget?.RecordRequest();
        var started = _needsTime ? timeProvider.GetTimestamp() : 0;
        var pending = StrategyCallback.InvokeAsync(callback, context, state);
        if (!pending.IsCompletedSuccessfully)
            return AwaitAsync(callback, context, state, pending, started);

        var outcome = pending.Result;
        return judge.Judge(outcome, context) is { } disposition
            ? RecoverAsync(callback, context, state, outcome, disposition, started)
            : new ValueTask<Outcome<TResult>>(outcome);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<TResult>> AwaitAsync<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state,
        ValueTask<Outcome<TResult>> pending,
        long started
    )
    {
        var outcome = await SettleAsync(pending, context).ConfigureAwait(context.ContinueOnCapturedContext);
        return judge.Judge(outcome, context) is { } disposition
            ? await RecoverAsync(callback, context, state, outcome, disposition, started).ConfigureAwait(context.ContinueOnCapturedContext)
            : outcome;
    }

    /// <summary>Retries until an attempt ends well or no further one is allowed.</summary>
    private async ValueTask<Outcome<TResult>> RecoverAsync<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state,
        Outcome<TResult> outcome,
        FailureDisposition? disposition,
        long started
    )
    {
        var history = new AttemptHistory();
        var attemptStarted = started;
        Exception? lastFailure = null;
        while (disposition is { } meaning)
        {
            var attempt = history.Count;
            var delay = NextDelay(outcome.Exception, meaning, context, attempt, started);
            history.Add(outcome.Exception, meaning, delay);
            events.Failed(outcome, context, meaning, attempt, Elapsed(attemptStarted), delay);
            if (delay is not { } wait)
                return Conclude(outcome, meaning, context, lastFailure, history);

            RetryMetrics.RecordRetry(settings.Name, meaning, outcome.Exception, wait);
            lastFailure = outcome.Exception ?? lastFailure;
            await DiscardedResult.DisposeAsync(outcome.Result).ConfigureAwait(context.ContinueOnCapturedContext);
            if (await WaitAsync(wait, context, lastFailure).ConfigureAwait(context.ContinueOnCapturedContext) is { } cancelled)
                return Outcome.FromException<TResult>(cancelled);

            attemptStarted = _needsTime ? timeProvider.GetTimestamp() : 0;
            var pending = StrategyCallback.InvokeAsync(callback, context, state);
            outcome = await SettleAsync(pending, context).ConfigureAwait(context.ContinueOnCapturedContext);
            disposition = judge.Judge(outcome, context);
        }

        return outcome;
    }

    private TimeSpan? NextDelay(Exception? failure, FailureDisposition disposition, ResilienceContext context, int retry, long started)
    {
        var safety = context.Properties.GetValue(ResilienceKeys.OperationSafety, OperationSafety.NonIdempotent);
        TimeSpan? timeLeft = settings.TotalTimeout is { } total ? total - timeProvider.GetElapsedTime(started) : null;
        return retries.NextDelay(
            new RetryQuestion(settings.Retry, safety, disposition, failure, retry, timeLeft, settings.WaitForOpenCircuit)
        );
    }

    private TimeSpan Elapsed(long started) => events.AreHeard ? timeProvider.GetElapsedTime(started) : TimeSpan.Zero;

    // The wait ends early when the caller cancels or a timeout around the strategy does; the failure waited upon must not get lost with it.
    private async ValueTask<OperationCanceledException?> WaitAsync(TimeSpan wait, ResilienceContext context, Exception? lastFailure)
    {
        try
        {
            await Task.Delay(wait, timeProvider, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
            return null;
        }
        catch (OperationCanceledException cancelled)
        {
            return new OperationCanceledException(cancelled.Message, lastFailure ?? cancelled, context.CancellationToken);
        }
    }

    private static Outcome<TResult> Conclude<TResult>(
        in Outcome<TResult> outcome,
        FailureDisposition disposition,
        ResilienceContext context,
        Exception? lastFailure,
        AttemptHistory history
    )
    {
        if (outcome.Exception is not { } failure)
            return outcome;

        // Ended by a timeout around the strategy: the timeout will report itself and knows nothing of the failure before.
        var timedOut = context.CancellationToken.IsCancellationRequested && !ResilienceKeys.CallerTokenOf(context).IsCancellationRequested;
        if (timedOut && lastFailure is not null && failure is OperationCanceledException cancelled)
            failure = new OperationCanceledException(cancelled.Message, lastFailure, cancelled.CancellationToken);

        // A single failure that was never to be retried says it all itself.
        if (history.Count > 1 || disposition is not (FailureDisposition.Ignore or FailureDisposition.Permanent))
            history.AttachTo(failure);
        return ReferenceEquals(failure, outcome.Exception) ? outcome : Outcome.FromException<TResult>(failure);
    }

    [SuppressMessage("Design", "CA1031", Justification = StrategyCallback.Why)]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Outcome<TResult>> SettleAsync<TResult>(ValueTask<Outcome<TResult>> pending, ResilienceContext context)
    {
        try
        {
            return await pending.ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (Exception failure)
        {
            return Outcome.FromException<TResult>(failure);
        }
    }
}
