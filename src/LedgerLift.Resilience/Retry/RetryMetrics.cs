using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>The measurements of all retries of the process. Nothing here runs for an operation that succeeds at once.</summary>
internal static class RetryMetrics
{
    private const string PolicyTag = "retry.policy";

    // Weak keys: a budget that nobody holds disappears from the gauge without being disposed.
    private static readonly ConditionalWeakTable<RetryBudget, string> Budgets = [];

    private static readonly Counter<long> Attempts = ResilienceMeter.Instance.CreateCounter<long>(
        "ledgerlift.resilience.retry.attempts",
        "{attempt}",
        "Retries: tries after the first one."
    );

    private static readonly Counter<long> Suppressed = ResilienceMeter.Instance.CreateCounter<long>(
        "ledgerlift.resilience.retry.suppressed",
        "{retry}",
        "Failures that were not retried, by reason."
    );

    private static readonly Histogram<double> Delay = ResilienceMeter.Instance.CreateHistogram(
        "ledgerlift.resilience.retry.delay",
        "s",
        "Waits before retries.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 300] }
    );

    static RetryMetrics() =>
        ResilienceMeter.Instance.CreateObservableGauge(
            "ledgerlift.resilience.retry.budget",
            Observe,
            "{retry}",
            "Retries that a budget could grant now."
        );

    /// <summary>Shows the budget in the gauge under the policy's name for as long as somebody holds it.</summary>
    internal static void Watch(string policy, RetryBudget budget) => Budgets.TryAdd(budget, policy);

    /// <summary>A retry is about to be made after <paramref name="delay"/>. No <paramref name="failure"/>: a returned result was the failure.</summary>
    internal static void RecordRetry(string policy, FailureDisposition disposition, Exception? failure, TimeSpan delay)
    {
        if (Attempts.Enabled)
        {
            var tags = new TagList { { PolicyTag, policy }, { "retry.disposition", Text(disposition) } };
            if (failure is not null)
                tags.Add("error.type", failure.GetType().FullName);
            Attempts.Add(1, tags);
        }

        if (Delay.Enabled)
            Delay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>(PolicyTag, policy));
    }

    /// <summary>A failure is handed to the caller though it could have been retried.</summary>
    internal static void RecordSuppressed(string policy, RetrySuppression reason)
    {
        if (Suppressed.Enabled)
            Suppressed.Add(1, new(PolicyTag, policy), new KeyValuePair<string, object?>("retry.reason", Text(reason)));
    }

    // One value for each policy: two series of one name would overwrite one another in an exporter.
    private static IEnumerable<Measurement<double>> Observe() =>
        Budgets
            .GroupBy(entry => entry.Value, entry => entry.Key.Balance, StringComparer.Ordinal)
            .Select(balances => new Measurement<double>(balances.Sum(), new KeyValuePair<string, object?>(PolicyTag, balances.Key)));

    private static string Text(FailureDisposition disposition) =>
        disposition switch
        {
            FailureDisposition.Ignore => "ignore",
            FailureDisposition.Permanent => "permanent",
            FailureDisposition.NotExecuted => "not_executed",
            FailureDisposition.Throttled => "throttled",
            _ => "ambiguous",
        };

    private static string Text(RetrySuppression reason) =>
        reason switch
        {
            RetrySuppression.Budget => "budget",
            RetrySuppression.NotIdempotent => "not_idempotent",
            RetrySuppression.Deadline => "deadline",
            RetrySuppression.CircuitOpen => "circuit_open",
            _ => "exhausted",
        };
}
