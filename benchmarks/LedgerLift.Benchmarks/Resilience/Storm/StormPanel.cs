namespace LedgerLift.Benchmarks;

/// <summary>One panel of the picture: both sides under the same rules.</summary>
internal sealed record StormPanel(string Title, StormResult Ours, StormResult Polly);
