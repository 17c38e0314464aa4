namespace LedgerLift.Resilience.Tests;

/// <summary>Reads a number as an HTTP status.</summary>
internal sealed class StatusClassifier : IOutcomeClassifier<int>
{
    public FailureDisposition? Classify(int result) =>
        result switch
        {
            429 or 503 => FailureDisposition.Throttled,
            500 => FailureDisposition.Ambiguous,
            404 => FailureDisposition.Permanent,
            499 => FailureDisposition.Ignore,
            -1 => throw new InvalidOperationException("A classifier's bug."),
            _ => null,
        };
}
