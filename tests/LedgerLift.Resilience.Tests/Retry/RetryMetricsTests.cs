using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryMetricsTests : IDisposable
{
    private const string Attempts = "ledgerlift.resilience.retry.attempts";
    private const string Suppressed = "ledgerlift.resilience.retry.suppressed";
    private const string Delay = "ledgerlift.resilience.retry.delay";
    private const string Budget = "ledgerlift.resilience.retry.budget";

    private readonly string _policy = $"policy-{Guid.NewGuid()}";
    private readonly MetricRecorder _metrics;

    public RetryMetricsTests() =>
        _metrics = new MetricRecorder(ResilienceDiagnostics.MeterName, instrument: null, ("retry.policy", _policy));

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void A_retry_is_counted_with_its_disposition_and_error_and_its_delay_measured_in_seconds()
    {
        RetryMetrics.RecordRetry(_policy, FailureDisposition.NotExecuted, new TimeoutException(), TimeSpan.FromMilliseconds(1500));

        var (disposition, error) = (("retry.disposition", "not_executed"), ("error.type", "System.TimeoutException"));
        Assert.Equal([1], _metrics.Values(Attempts, disposition, error));
        Assert.Equal([1.5], _metrics.Values(Delay));
        Assert.Equal(["{attempt}", "s"], _metrics.Measurements.Select(measurement => measurement.Unit));
    }

    [Fact]
    public void A_result_that_was_a_failure_has_no_error_type()
    {
        RetryMetrics.RecordRetry(_policy, FailureDisposition.Throttled, failure: null, TimeSpan.Zero);

        var tags = Assert.Single(_metrics.Measurements, measurement => measurement.Instrument == Attempts).Tags;
        Assert.Equal(["retry.policy", "retry.disposition"], tags.Keys);
        Assert.Equal("throttled", tags["retry.disposition"]);
    }

    [Theory]
    [InlineData(FailureDisposition.Ignore, "ignore")]
    [InlineData(FailureDisposition.Permanent, "permanent")]
    [InlineData(FailureDisposition.NotExecuted, "not_executed")]
    [InlineData(FailureDisposition.Throttled, "throttled")]
    [InlineData(FailureDisposition.Ambiguous, "ambiguous")]
    public void Every_disposition_has_its_word(FailureDisposition disposition, string word)
    {
        RetryMetrics.RecordRetry(_policy, disposition, failure: null, TimeSpan.Zero);

        Assert.Equal(1, _metrics.Sum(Attempts, ("retry.disposition", word)));
    }

    [Theory]
    [InlineData(RetrySuppression.Budget, "budget")]
    [InlineData(RetrySuppression.NotIdempotent, "not_idempotent")]
    [InlineData(RetrySuppression.Deadline, "deadline")]
    [InlineData(RetrySuppression.CircuitOpen, "circuit_open")]
    [InlineData(RetrySuppression.Exhausted, "exhausted")]
    public void Every_suppression_has_its_word(object reason, string word)
    {
        RetryMetrics.RecordSuppressed(_policy, (RetrySuppression)reason);

        Assert.Equal([1], _metrics.Values(Suppressed, ("retry.reason", word)));
    }

    [Fact]
    public void The_gauge_shows_the_sum_of_a_policys_budgets()
    {
        var (one, other) = (
            new RetryBudget(options: null, new ManualTimeProvider()),
            new RetryBudget(options: null, new ManualTimeProvider())
        );
        RetryMetrics.Watch(_policy, one);
        RetryMetrics.Watch(_policy, one);
        one.TryWithdraw();

        _metrics.Collect();
        Assert.Equal([99], _metrics.Values(Budget));

        RetryMetrics.Watch(_policy, other);
        _metrics.Clear();
        _metrics.Collect();
        Assert.Equal([199], _metrics.Values(Budget));
        GC.KeepAlive(other);
    }

    [Fact]
    [SuppressMessage("Critical Code Smell", "S1215", Justification = "That the collector may take it is what is tested.")]
    public void The_gauge_forgets_a_budget_that_nobody_holds()
    {
        WatchAndDrop(_policy);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        _metrics.Collect();

        Assert.Empty(_metrics.Values(Budget));
    }

    [Fact]
    public void The_delay_advises_buckets_that_fit_the_default_delays()
    {
        RetryMetrics.RecordRetry(_policy, FailureDisposition.Ambiguous, failure: null, TimeSpan.Zero);

        var histogram = Assert.IsType<Histogram<double>>(_metrics.Instruments.Single(instrument => instrument.Name == Delay));
        Assert.Contains(1, histogram.Advice?.HistogramBucketBoundaries ?? []);
        Assert.Contains(30, histogram.Advice?.HistogramBucketBoundaries ?? []);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WatchAndDrop(string policy) => RetryMetrics.Watch(policy, new RetryBudget(options: null, new ManualTimeProvider()));
}
