using Polly.CircuitBreaker;

namespace LedgerLift.Resilience;

/// <summary>Decides whether a failure is retried, and after which wait: the one place for the executor and for Polly pipelines.</summary>
internal sealed class RetryJudge(
    string policy,
    GuardedClassifier classifier,
    CircuitBreaker? breaker,
    RetryBudget? budget,
    Func<double> random
)
{
    /// <summary>How long to wait before the next attempt, the retry taken from the budget; <see langword="null"/>: there is to be none.</summary>
    internal TimeSpan? NextDelay(in RetryQuestion question)
    {
        switch (question.Disposition)
        {
            case FailureDisposition.Ignore or FailureDisposition.Permanent:
                return null;
            case FailureDisposition.Ambiguous when question.Safety != OperationSafety.Idempotent:
                return Suppress(RetrySuppression.NotIdempotent);
            default:
                break;
        }

        if (question.Retry >= question.Options.MaxRetries)
            return Suppress(RetrySuppression.Exhausted);
        if (Delay(question) is not { } delay)
            return Suppress(RetrySuppression.CircuitOpen);
        if (delay >= question.TimeLeft)
            return Suppress(RetrySuppression.Deadline);

        return budget?.TryWithdraw() == false ? Suppress(RetrySuppression.Budget) : delay;
    }

    /// <summary>Counts a failure that is not retried.</summary>
    internal TimeSpan? Suppress(RetrySuppression reason)
    {
        RetryMetrics.RecordSuppressed(policy, reason);
        return null;
    }

    /// <summary>The wait, or <see langword="null"/> when no wait helps: the circuit is open, and the policy does not wait for it or not that long.</summary>
    private TimeSpan? Delay(in RetryQuestion question)
    {
        var refused = question.Failure as BrokenCircuitException;
        if (refused is null && breaker is not { State: BreakerState.Open or BreakerState.Isolated })
        {
            var wished = question.Failure is { } failure ? classifier.GetRetryAfter(failure) : null;
            return JitteredBackoff.GetCheckedDelay(question.Options, question.Retry, random(), wished);
        }

        // A wait that ends before the circuit admits a probe ends in a refusal: the circuit's own time is a lower bound without a cap of ours.
        var recovery = refused is null ? breaker!.GetSnapshot().RetryAfter : refused.RetryAfter;
        if (!question.WaitForOpenCircuit || recovery is not { } wait || wait > RetryOptions.LongestDelay)
            return null;

        var own = JitteredBackoff.GetCheckedDelay(question.Options, question.Retry, random(), retryAfter: null);
        wait = Whole(wait);
        return wait > own ? wait : own;
    }

    // Timers count whole milliseconds and drop the rest: a wait that must not end early is rounded up.
    private static TimeSpan Whole(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
