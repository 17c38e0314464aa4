using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditCursorTests
{
    private static readonly AuditFilters s_filters = new() { UserId = "ann" };

    [Fact]
    public void Every_place_comes_back() =>
        Prop.ForAll(
                AuditEntries.Any.ToArbitrary(),
                entry =>
                {
                    var cursor = new AuditCursor(entry.Timestamp, entry.Id);
                    var text = cursor.Encode(s_filters);
                    return text.Length == 55
                        && Regex.IsMatch(text, "^[A-Za-z0-9_-]+$", RegexOptions.None, TimeSpan.FromSeconds(1))
                        && AuditCursor.Decode(text, s_filters) == cursor;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        var text = new AuditCursor(AuditEntries.Full.Timestamp, AuditEntries.Full.Id).Encode(s_filters);
        for (var i = 0; i < text.Length; i++)
            foreach (var other in "ABCabc019-_=!")
                if (other != text[i])
                    Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text[..i] + other + text[(i + 1)..], s_filters));
    }

    [Fact]
    public void A_cursor_belongs_to_its_filters_whatever_the_limit()
    {
        var cursor = new AuditCursor(AuditEntries.Full.Timestamp, AuditEntries.Full.Id);
        var text = cursor.Encode(s_filters with { Limit = 7, Cursor = "x" });

        Assert.Equal(cursor, AuditCursor.Decode(text, s_filters));
        Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text, new AuditFilters()));
        Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text, new AuditFilters { ResourceId = "ann" }));
        Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text, s_filters with { Action = "" }));
        Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text, s_filters with { To = DateTimeOffset.UnixEpoch }));
    }

    [Fact]
    public void Filters_that_read_the_same_side_by_side_are_not_the_same()
    {
        var text = new AuditCursor(AuditEntries.Full.Timestamp, AuditEntries.Full.Id).Encode(
            new AuditFilters { UserId = "a|1:b", Action = null }
        );

        Assert.Throws<ArgumentException>(() => AuditCursor.Decode(text, new AuditFilters { UserId = "a", Action = "b" }));
    }

    [Fact]
    public void A_later_id_of_the_same_time_does_not_come_after()
    {
        var entry = AuditEntries.Full;
        var place = new AuditCursor(entry.Timestamp, entry.Id);

        Assert.False(place.IsAfter(entry));
        Assert.True(place.IsAfter(AuditEntries.Bare));
        Assert.True(new AuditCursor(entry.Timestamp, AuditEntries.Bare.Id).IsAfter(entry));
        Assert.True(new AuditCursor(entry.Timestamp.AddMicroseconds(1), Guid.Empty).IsAfter(entry));
        Assert.False(new AuditCursor(entry.Timestamp.AddMicroseconds(-1), AuditEntries.Bare.Id).IsAfter(entry));
    }
}
