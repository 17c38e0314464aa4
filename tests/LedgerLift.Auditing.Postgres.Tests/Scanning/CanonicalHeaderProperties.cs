using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>The header that a scan builds from bytes is the one that entries are sealed with.</summary>
public sealed class CanonicalHeaderProperties(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_row_gives_the_same_record_as_its_entry()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var entries = Entries().Sample(30, 300).ToList();
        foreach (var chunk in entries.Chunk(100))
        {
            var pending = chunk.Select(entry => new PendingEntry(entry, EntrySalt.For(entry))).ToList();
            var writer = new EntryWriter(postgres.DataSource, new EntrySql(trail.Schema), TimeSpan.FromSeconds(30), TimeProvider.System);
            await writer.WriteAsync(pending, TestContext.Current.CancellationToken);
        }

        var expected = entries.ToDictionary(entry => entry.Id, entry => Encoding.UTF8.GetString(AuditRecord.Create(entry).Header.Span));
        await using var connection = await postgres.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var copy = RowScan.Between(trail.Schema, TrailPlace.Start, new TrailPlace(ulong.MaxValue / 2, Guid.AllBitsSet));
        var rows = await RowCursor.OpenAsync(connection, copy, TestContext.Current.CancellationToken);
        await using (rows.ConfigureAwait(false))
        {
            var seen = 0;
            await rows.MoveAsync(default);
            for (; rows.IsUpTo(new TrailPlace(ulong.MaxValue, Guid.AllBitsSet)); await rows.MoveAsync(default))
            {
                Assert.Equal(expected[rows.Id], Encoding.UTF8.GetString(rows.Record.Header.Span));
                Assert.True(rows.Record.AreDetailsIntact());
                seen++;
            }

            Assert.Equal(entries.Count, seen);
        }
    }

    private static Gen<AuditEntry> Entries() =>
        from action in Text()
        from type in Text()
        from result in Text()
        from texts in Gen.ArrayOf(Gen.OneOf(Gen.Constant<string?>(null), Text().Select(text => (string?)text)), 6)
        from ticks in Gen.Choose(0, int.MaxValue)
        from details in Gen.Elements<string?>(null, "{\"a\":1}", "[1.50,-0.0,1e400,\"\\u2028\"]", "null", "\"x\"")
        select new AuditEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch.AddMicroseconds(ticks * 1_000_003L), action, type, result)
        {
            ResourceId = texts[0],
            UserId = texts[1],
            IpAddress = texts[2],
            UserAgent = texts[3],
            RequestId = texts[4],
            TraceId = texts[5],
            Details = details is null ? null : System.Text.Json.JsonDocument.Parse(details).RootElement,
        };

    // Everything that JSON escapes or might: controls, quotes, backslashes, separators, other planes.
    private static Gen<string> Text() =>
        from characters in Gen.NonEmptyListOf(
            Gen.Elements(
                "a",
                "Z",
                "\"",
                "\\",
                "/",
                "\u0001",
                "\b",
                "\t",
                "\n",
                "\u000b",
                "\f",
                "\r",
                "\u001f",
                "\u007f",
                "é",
                "\u2028",
                "😀",
                "<"
            )
        )
        select "x" + string.Concat(characters.Take(40));
}
