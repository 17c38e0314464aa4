using System.Runtime.InteropServices;

namespace LedgerLift.Benchmarks;

/// <summary>The middle of repeated measurements and how far they lie apart.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Spread(double Median, double LowerQuartile, double UpperQuartile, double Minimum, double Maximum)
{
    /// <summary>What is known before anything was measured.</summary>
    public static Spread Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Sorts a copy; quantiles lie between neighbours by linear interpolation (Hyndman and Fan 1996, type 7).</summary>
    /// <returns><see cref="Unknown"/> when there are no values.</returns>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? Unknown
            : new(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75), sorted[0], sorted[^1]);
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
