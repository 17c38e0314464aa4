using System.Globalization;

namespace LedgerLift.Auth;

/// <summary>The one precision in which instants are kept everywhere: UTC milliseconds.</summary>
internal static class Instant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>ISO 8601 with an offset; a text without one would be read in the machine's own zone, so it is not accepted.</summary>
    private static readonly string[] Accepted = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>The instant in UTC, without what is finer than a millisecond (towards the past).</summary>
    internal static DateTimeOffset Truncate(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>Whole milliseconds since the year 1: never negative, and cheap to compute.</summary>
    internal static long ToMilliseconds(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMillisecond;

    internal static string ToText(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    internal static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text,
            Accepted,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant
        );
}
