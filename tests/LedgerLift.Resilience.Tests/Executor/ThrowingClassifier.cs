namespace LedgerLift.Resilience.Tests;

/// <summary>A classifier with a bug in it.</summary>
internal sealed class ThrowingClassifier : IFailureClassifier
{
    public FailureDisposition Classify(Exception failure, CancellationToken callerToken) => throw new InvalidOperationException("a bug");

    public TimeSpan? GetRetryAfter(Exception failure) => throw new InvalidOperationException("a bug");
}
