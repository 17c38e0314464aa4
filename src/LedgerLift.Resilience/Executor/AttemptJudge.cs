using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>Waits for an attempt, says what its end means, and tells the breaker.</summary>
internal sealed class AttemptJudge(IFailureClassifier classifier, CircuitBreaker? breaker)
{
    [SuppressMessage("Design", "CA1031", Justification = "Every failure is judged here; the caller gets it back in the end.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<AttemptEnd<T>> AwaitAsync<TState, T>(
        OperationCall<TState, T> call,
        BreakerTicket ticket,
        TimeLimit? limit,
        ValueTask<T> pending
    )
    {
        AttemptEnd<T> end;
        try
        {
            var result = await pending.ConfigureAwait(false);
            end = new AttemptEnd<T>(result, Failure: null, Classify(result, call.Outcomes));
        }
        catch (Exception failure)
        {
            end = Judge<T>(failure, limit, call.Token);
        }

        limit?.End();
        Report(ticket, end.Disposition, end.Failure);
        return end;
    }

    /// <summary>The end of an attempt that the breaker refused; the breaker is not told of its own refusal.</summary>
    internal AttemptEnd<T> Refused<T>(CircuitOpenException? refused, CancellationToken caller) =>
        new(default!, refused, Classify(refused!, caller));

    /// <summary>What the dependency asks for; what a classifier throws counts as no answer.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A classifier's exception must not replace the caller's.")]
    internal TimeSpan? GetRetryAfter(Exception failure)
    {
        try
        {
            return classifier.GetRetryAfter(failure);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private AttemptEnd<T> Judge<T>(Exception failure, TimeLimit? limit, CancellationToken caller)
    {
        if (failure is not OperationCanceledException canceled)
        {
            return new AttemptEnd<T>(default!, failure, Classify(failure, caller));
        }

        if (caller.IsCancellationRequested)
        {
            // The operation saw a token of ours; the caller expects its own.
            var own = canceled.CancellationToken == caller ? canceled : new OperationCanceledException(canceled.Message, canceled, caller);
            return new AttemptEnd<T>(default!, own, FailureDisposition.Ignore);
        }

        if (limit is not { Token.IsCancellationRequested: true })
        {
            return new AttemptEnd<T>(default!, failure, Classify(failure, caller));
        }

        var which = limit.IsTotal ? "total" : "attempt";
        var timeout = new TimeoutException($"The operation was cancelled when the {which} timeout was over.", canceled);
        return new AttemptEnd<T>(default!, timeout, Classify(timeout, caller), limit.IsTotal);
    }

    private void Report(BreakerTicket ticket, FailureDisposition? disposition, Exception? failure)
    {
        switch (disposition)
        {
            case null or FailureDisposition.Permanent:
                breaker?.Succeed(ticket);
                break;
            case FailureDisposition.Ignore:
                breaker?.Release(ticket);
                break;
            default:
                breaker?.Fail(ticket, failure);
                break;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A classifier's exception must not replace the caller's; the failure counts as ambiguous."
    )]
    private FailureDisposition Classify(Exception failure, CancellationToken caller)
    {
        try
        {
            return classifier.Classify(failure, caller);
        }
        catch (Exception)
        {
            return FailureDisposition.Ambiguous;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A classifier's exception must not take the caller's result away; the result counts as good."
    )]
    private static FailureDisposition? Classify<T>(T result, IOutcomeClassifier<T>? outcomes)
    {
        try
        {
            return outcomes?.Classify(result);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
