namespace LedgerLift.Auditing.Postgres;

/// <summary>Microseconds since 2000, as PostgreSQL counts, as the text of RFC 3339 with six digits that stands in headers.</summary>
internal static class InstantText
{
    internal const int Length = 27;
    private const long PostgresEpochTicks = 630_822_816_000_000_000;

    /// <summary>The time; the nearest one there is when a row was changed to something beyond, such as infinity.</summary>
    internal static DateTime ToDateTime(long microseconds)
    {
        const long First = -PostgresEpochTicks / TimeSpan.TicksPerMicrosecond;
        var last = (DateTime.MaxValue.Ticks - PostgresEpochTicks) / TimeSpan.TicksPerMicrosecond;
        var ticks = Math.Clamp(microseconds, First, last) * TimeSpan.TicksPerMicrosecond;
        return new DateTime(ticks + PostgresEpochTicks, DateTimeKind.Utc);
    }

    /// <summary>Writes <c>2026-03-01T12:34:56.123456Z</c> and says how long it is.</summary>
    internal static int Write(DateTime time, Span<byte> target)
    {
        var (year, month, day) = time;
        Digits(target, 0, 4, year);
        target[4] = (byte)'-';
        Digits(target, 5, 2, month);
        target[7] = (byte)'-';
        Digits(target, 8, 2, day);
        target[10] = (byte)'T';
        Digits(target, 11, 2, time.Hour);
        target[13] = (byte)':';
        Digits(target, 14, 2, time.Minute);
        target[16] = (byte)':';
        Digits(target, 17, 2, time.Second);
        target[19] = (byte)'.';
        Digits(target, 20, 6, (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        target[26] = (byte)'Z';
        return Length;
    }

    private static void Digits(Span<byte> target, int start, int count, int value)
    {
        for (var at = start + count - 1; at >= start; at--)
        {
            target[at] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
