using System.Globalization;

namespace LedgerLift.Auditing;

/// <summary>Instants as audit entries have them: UTC, whole microseconds, as exact in .NET as in PostgreSQL.</summary>
internal static class AuditInstant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly string[] Accepted = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>The same instant in UTC, what is smaller than a microsecond cut off.</summary>
    internal static DateTimeOffset Truncate(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    internal static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a time of RFC 3339 with an offset; a time without one is refused, as it is no instant.</summary>
    internal static bool TryRead(string text, out DateTimeOffset instant)
    {
        var offset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        if (
            !offset
            || !DateTimeOffset.TryParseExact(text, Accepted, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant)
        )
        {
            instant = default;
            return false;
        }

        instant = Truncate(instant);
        return true;
    }

    internal static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    internal static bool IsInRange(long microseconds) =>
        microseconds >= ToMicroseconds(DateTimeOffset.MinValue) && microseconds <= ToMicroseconds(DateTimeOffset.MaxValue);

    internal static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
