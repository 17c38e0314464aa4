using System.Runtime.ExceptionServices;

namespace LedgerLift.Resilience;

/// <summary>What happens after a first attempt that ended badly.</summary>
internal sealed class RetryLoop(string name, ResilienceExecutor executor, RetryJudge judge, TimeProvider timeProvider)
{
    /// <summary>Retries until an attempt ends well or no further one is allowed; then returns the result or throws the last failure.</summary>
    internal async ValueTask<T> RecoverAsync<TState, T>(ExecutionPlan plan, OperationCall<TState, T> call, AttemptEnd<T> end)
    {
        var history = new AttemptHistory();
        Exception? lastFailure = null;
        while (end.Disposition is { } disposition)
        {
            var delay = end.TotalTimeout ? judge.Suppress(RetrySuppression.Deadline) : NextDelay(plan, call, end, history.Count);
            history.Add(end.Failure, disposition, delay);
            if (delay is not { } wait)
            {
                return Conclude(end, lastFailure, history);
            }

            RetryMetrics.RecordRetry(name, disposition, end.Failure, wait);
            lastFailure = end.Failure ?? lastFailure;
            await DiscardedResult.DisposeAsync(end.Result).ConfigureAwait(false);
            await Task.Delay(wait, timeProvider, call.Token).ConfigureAwait(false);
            end = await executor.RunAttemptAsync(plan, call).ConfigureAwait(false);
        }

        return end.Result;
    }

    private TimeSpan? NextDelay<TState, T>(ExecutionPlan plan, in OperationCall<TState, T> call, in AttemptEnd<T> end, int retry)
    {
        TimeSpan? timeLeft = plan.TotalTimeout is { } total ? total - timeProvider.GetElapsedTime(call.Started) : null;
        var disposition = end.Disposition.GetValueOrDefault();
        return judge.NextDelay(
            new RetryQuestion(plan.Retry, call.Safety, disposition, end.Failure, retry, timeLeft, plan.RetryOpenCircuit)
        );
    }

    private static T Conclude<T>(in AttemptEnd<T> end, Exception? lastFailure, AttemptHistory history)
    {
        if (end.Failure is not { } failure)
        {
            return end.Result;
        }

        if (end.TotalTimeout && lastFailure is not null)
        {
            failure = new TimeoutException(failure.Message, lastFailure);
        }

        // A single failure that was never to be retried says it all itself.
        if (history.Count > 1 || end.Disposition is not (FailureDisposition.Ignore or FailureDisposition.Permanent))
        {
            history.AttachTo(failure);
        }

        ExceptionDispatchInfo.Throw(failure);
        return default;
    }
}
