using System.Globalization;

namespace LedgerLift.Benchmarks;

/// <summary>Numbers as every result prints them: the same in every culture, as many digits as a measurement bears.</summary>
internal static class Numbers
{
    public static string Format(double value) => Format(value, static _ => true);

    /// <summary>Rounds, unless the rounded number would not be faithful; then all digits are printed.</summary>
    public static string Format(double value, Predicate<double> isFaithful)
    {
        var format = Math.Abs(value) switch
        {
            >= 1000 => "0",
            >= 100 => "0.#",
            >= 10 => "0.##",
            >= 0.01 or 0 => "0.###",
            >= 0.0001 => "0.#####",
            _ => "0.#######",
        };
        var rounded = value.ToString(format, CultureInfo.InvariantCulture);
        rounded = string.Equals(rounded, "-0", StringComparison.Ordinal) ? "0" : rounded;
        return isFaithful(double.Parse(rounded, CultureInfo.InvariantCulture))
            ? rounded
            : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
