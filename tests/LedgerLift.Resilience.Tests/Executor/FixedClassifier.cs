namespace LedgerLift.Resilience.Tests;

/// <summary>Takes every failure for the same.</summary>
internal sealed class FixedClassifier(FailureDisposition disposition, TimeSpan? retryAfter = null) : IFailureClassifier
{
    public FailureDisposition Classify(Exception failure, CancellationToken callerToken) => disposition;

    public TimeSpan? GetRetryAfter(Exception failure) => retryAfter;
}
