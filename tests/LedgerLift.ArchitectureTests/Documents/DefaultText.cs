using System.Collections;
using System.Globalization;

namespace LedgerLift.ArchitectureTests;

/// <summary>How the documentation may write the default of an option.</summary>
internal static class DefaultText
{
    private static readonly (string Word, TimeSpan Unit)[] s_timeUnits =
    [
        ("millisecond", TimeSpan.FromMilliseconds(1)),
        ("second", TimeSpan.FromSeconds(1)),
        ("minute", TimeSpan.FromMinutes(1)),
        ("hour", TimeSpan.FromHours(1)),
        ("day", TimeSpan.FromDays(1)),
    ];

    private static readonly (string Word, long Unit)[] s_sizeUnits = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    /// <summary>The accepted spellings, most usual first. None: the value has no short spelling and the words are free.</summary>
    public static IReadOnlyList<string> Spellings(object? value) =>
        value switch
        {
            null => ["null"],
            "" => ["empty"],
            string text => [text],
            bool flag => [flag ? "true" : "false"],
            Enum member => [member.ToString()],
            TimeSpan duration => [.. Durations(duration)],
            int or long or short or byte => [.. Numbers(Convert.ToInt64(value, CultureInfo.InvariantCulture))],
            IFormattable number when value.GetType().IsPrimitive => [number.ToString(null, CultureInfo.InvariantCulture)],
            IEnumerable items when !items.GetEnumerator().MoveNext() => ["empty"],
            _ => [],
        };

    /// <summary>A required option has nothing to offer: null or empty.</summary>
    public static bool IsNothing(object? value) => value is null or "" || (value is IEnumerable items && !items.GetEnumerator().MoveNext());

    private static IEnumerable<string> Numbers(long value) =>
        s_sizeUnits
            .Where(size => value >= size.Unit && value % size.Unit == 0)
            .Select(size => $"{(value / size.Unit).ToString(CultureInfo.InvariantCulture)} {size.Word}")
            .Reverse()
            .Append(value.ToString(CultureInfo.InvariantCulture))
            .Append(value.ToString("#,0", CultureInfo.InvariantCulture))
            .Append(value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' '));

    private static IEnumerable<string> Durations(TimeSpan value) =>
        value == TimeSpan.Zero
            ? ["zero", "0"]
            : s_timeUnits
                .Where(time => value.Ticks % time.Unit.Ticks == 0)
                .Select(time => (count: value.Ticks / time.Unit.Ticks, time.Word))
                .Select(time => $"{time.count.ToString(CultureInfo.InvariantCulture)} {time.Word}{(time.count == 1 ? "" : "s")}")
                .Reverse()
                .Append(value == Timeout.InfiniteTimeSpan ? "infinite" : value.ToString("c", CultureInfo.InvariantCulture));
}
