using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>The time in front of a line.</summary>
internal static class LineTime
{
    /// <summary>UTC with milliseconds (RFC 3339), the same in every culture.</summary>
    public static string Of(TimeProvider timeProvider) =>
        timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
