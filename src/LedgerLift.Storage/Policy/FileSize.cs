using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Writes sizes for people.</summary>
internal static class FileSize
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size in the largest unit that it fills, never rounded up: a limit must not read larger than it is.</summary>
    internal static string ToText(long bytes)
    {
        var unit = 0;
        var value = (decimal)bytes;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 100) / 100:0.##} {Units[unit]}");
    }
}
