using System.Globalization;

namespace LedgerLift.Benchmarks;

/// <summary>The bound a figure has to keep, the bound itself included; without a bound, the direction in which the figure is better.</summary>
internal sealed record Goal
{
    private Goal(bool upper, double? bound)
    {
        Operator = upper ? "≤" : "≥";
        Bound = bound;
    }

    /// <summary>The value must not be larger.</summary>
    public static Goal AtMost(double bound) => new(upper: true, bound);

    /// <summary>The value must not be smaller.</summary>
    public static Goal AtLeast(double bound) => new(upper: false, bound);

    /// <summary>Shown and not judged; smaller is better.</summary>
    public static Goal LowerIsBetter { get; } = new(upper: true, bound: null);

    /// <summary>Shown and not judged; larger is better.</summary>
    public static Goal HigherIsBetter { get; } = new(upper: false, bound: null);

    public string Operator { get; }

    public double? Bound { get; }

    /// <summary>Whether the value keeps the bound; a value that is no number never does.</summary>
    public bool IsMetBy(double value) =>
        Bound is not { } bound || (string.Equals(Operator, "≤", StringComparison.Ordinal) ? value <= bound : value >= bound);

    public override string ToString() => $"{Operator} {(Bound is { } bound ? bound.ToString("R", CultureInfo.InvariantCulture) : "-")}";
}
