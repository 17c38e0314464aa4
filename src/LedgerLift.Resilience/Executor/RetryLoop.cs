using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Polly.CircuitBreaker;

namespace LedgerLift.Resilience;

/// <summary>What happens after a first attempt that ended badly.</summary>
internal sealed class RetryLoop(
    string name,
    ResilienceExecutor executor,
    AttemptJudge judge,
    TimeProvider timeProvider,
    Func<double> random
)
{
    /// <summary>Retries until an attempt ends well or no further one is allowed; then returns the result or throws the last failure.</summary>
    internal async ValueTask<T> RecoverAsync<TState, T>(ExecutionPlan plan, OperationCall<TState, T> call, AttemptEnd<T> end)
    {
        var history = new AttemptHistory();
        Exception? lastFailure = null;
        while (end.Disposition is { } disposition)
        {
            var delay = end.TotalTimeout ? Suppress(RetrySuppression.Deadline) : NextDelay(plan, call, end, history.Count);
            history.Add(end.Failure, disposition, delay);
            if (delay is not { } wait)
            {
                return Conclude(end, lastFailure, history);
            }

            RetryMetrics.RecordRetry(name, disposition, end.Failure, wait);
            lastFailure = end.Failure ?? lastFailure;
            await DiscardAsync(end.Result).ConfigureAwait(false);
            await Task.Delay(wait, timeProvider, call.Token).ConfigureAwait(false);
            end = await executor.RunAttemptAsync(plan, call).ConfigureAwait(false);
        }

        return end.Result;
    }

    /// <summary>How long to wait before the next attempt, or <see langword="null"/> when there is to be none.</summary>
    private TimeSpan? NextDelay<TState, T>(ExecutionPlan plan, in OperationCall<TState, T> call, in AttemptEnd<T> end, int retry)
    {
        switch (end.Disposition)
        {
            case FailureDisposition.Ignore or FailureDisposition.Permanent:
                return null;
            case FailureDisposition.Ambiguous when call.Safety != OperationSafety.Idempotent:
                return Suppress(RetrySuppression.NotIdempotent);
            default:
                break;
        }

        if (retry >= plan.Retry.MaxRetries)
        {
            return Suppress(RetrySuppression.Exhausted);
        }

        if (LowerBound(plan, end.Failure) is not { } atLeast)
        {
            return Suppress(RetrySuppression.CircuitOpen);
        }

        var delay = JitteredBackoff.GetDelay(plan.Retry, retry, random());
        delay = delay > atLeast ? delay : atLeast;
        if (plan.TotalTimeout is { } total && timeProvider.GetElapsedTime(call.Started) >= total - delay)
        {
            return Suppress(RetrySuppression.Deadline);
        }

        return executor.Budget?.TryWithdraw() == false ? Suppress(RetrySuppression.Budget) : delay;
    }

    /// <summary>
    /// The least wait that makes sense: what the dependency asked for, or what the open circuit will refuse anyway. <see langword="null"/>: no wait
    /// does, because the circuit is open and the policy does not wait for it.
    /// </summary>
    private TimeSpan? LowerBound(ExecutionPlan plan, Exception? failure)
    {
        if (failure is BrokenCircuitException refused)
        {
            return plan.RetryOpenCircuit ? refused.RetryAfter : null;
        }

        if (executor.CircuitBreaker is { State: BreakerState.Open or BreakerState.Isolated } open)
        {
            return plan.RetryOpenCircuit ? open.GetSnapshot().RetryAfter : null;
        }

        var asked = failure is null ? null : judge.GetRetryAfter(failure);
        var most = plan.Retry.MaxRetryAfter ?? plan.Retry.MaxDelay;
        return asked > most ? most : asked ?? TimeSpan.Zero;
    }

    private TimeSpan? Suppress(RetrySuppression reason)
    {
        RetryMetrics.RecordSuppressed(name, reason);
        return null;
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

    [SuppressMessage("Design", "CA1031", Justification = "The result was bad already; that it cannot be disposed must not hide why.")]
    [SuppressMessage("Roslynator", "RCS1075", Justification = "As for CA1031.")]
    private static async ValueTask DiscardAsync<T>(T result)
    {
        try
        {
            if (result is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (result as IDisposable)?.Dispose();
            }
        }
        catch (Exception)
        {
            // See the justification.
        }
    }
}
