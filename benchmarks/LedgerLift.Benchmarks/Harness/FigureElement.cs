namespace LedgerLift.Benchmarks;

/// <summary>A figure in <c>&lt;group&gt;.json</c>; a figure that is shown and not judged has no bound.</summary>
internal sealed record FigureElement(string Id, double Value, string Unit, string Operator, double? Bound, string Verdict);
