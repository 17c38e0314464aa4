namespace LedgerLift.Benchmarks;

/// <summary>One number that is promised, or shown beside a promised one.</summary>
/// <param name="Id">Group and name, as <c>resilience.direct_ratio</c>.</param>
/// <param name="Value">As measured.</param>
/// <param name="Unit">One word: <c>ns</c>, <c>B</c>, <c>x</c> for a ratio, …</param>
/// <param name="Goal">What it has to keep.</param>
internal sealed record Figure(string Id, double Value, string Unit, Goal Goal)
{
    public bool IsMissed => !Goal.IsMetBy(Value);

    public string Verdict =>
        Goal.Bound is null ? "measured"
        : IsMissed ? "missed"
        : "met";

    /// <summary>The value as printed: rounded, except where the rounded one would get another verdict.</summary>
    public string PrintedValue => Numbers.Format(Value, rounded => Goal.IsMetBy(rounded) == Goal.IsMetBy(Value));

    /// <summary>The line people and scripts read.</summary>
    public override string ToString() => $"figure {Id} {PrintedValue} {Unit} goal {Goal} {Verdict}";
}
