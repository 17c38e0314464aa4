using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>Waits for an attempt, says what its end means, and tells the breaker.</summary>
internal sealed class AttemptJudge(GuardedClassifier classifier, CircuitBreaker? breaker)
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
        T result;
        try
        {
            result = await pending.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return EndBadly(call, ticket, limit, failure);
        }

        return End(call, ticket, limit, result);
    }

    /// <summary>An attempt returned a result.</summary>
    internal AttemptEnd<T> End<TState, T>(in OperationCall<TState, T> call, BreakerTicket ticket, TimeLimit? limit, T result)
    {
        var end = new AttemptEnd<T>(result, Failure: null, GuardedClassifier.Classify(result, call.Outcomes));
        limit?.End();
        Report(ticket, end.Disposition, end.Failure);
        return end;
    }

    /// <summary>An attempt failed.</summary>
    internal AttemptEnd<T> EndBadly<TState, T>(in OperationCall<TState, T> call, BreakerTicket ticket, TimeLimit? limit, Exception failure)
    {
        var end = Judge<T>(failure, limit, call.Token);
        limit?.End();
        Report(ticket, end.Disposition, end.Failure);
        return end;
    }

    /// <summary>The end of an attempt that the breaker refused; the breaker is not told of its own refusal.</summary>
    internal AttemptEnd<T> Refused<T>(CircuitOpenException? refused, CancellationToken caller) =>
        new(default!, refused, classifier.Classify(refused!, caller));

    private AttemptEnd<T> Judge<T>(Exception failure, TimeLimit? limit, CancellationToken caller)
    {
        if (failure is not OperationCanceledException canceled)
        {
            return new AttemptEnd<T>(default!, failure, classifier.Classify(failure, caller));
        }

        if (caller.IsCancellationRequested)
        {
            // The operation saw a token of ours; the caller expects its own.
            var own = canceled.CancellationToken == caller ? canceled : new OperationCanceledException(canceled.Message, canceled, caller);
            return new AttemptEnd<T>(default!, own, FailureDisposition.Ignore);
        }

        if (limit is not { Token.IsCancellationRequested: true })
        {
            return new AttemptEnd<T>(default!, failure, classifier.Classify(failure, caller));
        }

        var which = limit.IsTotal ? "total" : "attempt";
        var timeout = new TimeoutException($"The operation was cancelled when the {which} timeout was over.", canceled);
        return new AttemptEnd<T>(default!, timeout, classifier.Classify(timeout, caller), limit.IsTotal);
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
}
