namespace LedgerLift.Resilience.Tests;

[Collection(nameof(RunsAlone))]
public sealed class RetryMetricsAllocationTests
{
    [Fact]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        var failure = new TimeoutException();

        Assert.Equal(0, LeastAllocated.Bytes(() => Record(failure), 100));
    }

    private static void Record(Exception failure)
    {
        RetryMetrics.RecordRetry("policy", FailureDisposition.Ambiguous, failure, TimeSpan.FromSeconds(1));
        RetryMetrics.RecordSuppressed("policy", RetrySuppression.Budget);
    }
}
