namespace LedgerLift.Resilience.Tests;

/// <summary>No stock is ever good.</summary>
internal sealed class StockClassifier : IOutcomeClassifier<Stock>
{
    public FailureDisposition? Classify(Stock result) => FailureDisposition.Throttled;
}
