using Polly;
using Polly.Retry;
using Polly.Telemetry;

namespace LedgerLift.Resilience;

/// <summary>Reports failed attempts and retries the way Polly's own retry does: same names, severities and argument types.</summary>
internal sealed class RetryEvents(GuardedTelemetry telemetry)
{
    private const string Attempt = "ExecutionAttempt";
    private static readonly ResilienceEvent Handled = new(ResilienceEventSeverity.Warning, Attempt);
    private static readonly ResilienceEvent HandledLast = new(ResilienceEventSeverity.Error, Attempt);
    private static readonly ResilienceEvent Unhandled = new(ResilienceEventSeverity.Information, Attempt);
    private static readonly ResilienceEvent OnRetry = new(ResilienceEventSeverity.Warning, "OnRetry");

    /// <summary>Whether anybody listens: if not, attempts need not be timed.</summary>
    internal bool AreHeard => telemetry.IsHeard;

    internal void Failed<TResult>(
        in Outcome<TResult> outcome,
        ResilienceContext context,
        FailureDisposition disposition,
        int attempt,
        TimeSpan duration,
        TimeSpan? delay
    )
    {
        if (!AreHeard)
            return;

        var handled = disposition is not (FailureDisposition.Ignore or FailureDisposition.Permanent);
        var what = (handled, delay) switch
        {
            (false, _) => Unhandled,
            (true, null) => HandledLast,
            _ => Handled,
        };
        telemetry.Report(what, context, outcome, new ExecutionAttemptArguments(attempt, duration, handled));
        if (delay is { } wait)
            telemetry.Report(OnRetry, context, outcome, new OnRetryArguments<TResult>(context, outcome, attempt, wait, duration));
    }
}
