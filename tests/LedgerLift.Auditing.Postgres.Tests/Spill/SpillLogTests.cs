using LedgerLift.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class SpillLogTests : IDisposable
{
    private const long Limit = 1 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_come_back_in_their_order_with_their_salt()
    {
        using var log = NewLog();
        var entries = Entries(5);
        log.Append(entries.Take(2));
        log.Append(entries.Skip(2));

        var read = log.Read(log.CloseAndFindOldest()!);

        Assert.Equal(entries.Select(one => one.Entry), read.Select(one => one.Entry));
        Assert.Equal(entries.Select(one => Convert.ToHexString(one.Salt)), read.Select(one => Convert.ToHexString(one.Salt)));
    }

    [Fact]
    public void What_is_removed_is_gone_and_an_empty_folder_with_it()
    {
        using (var log = NewLog())
        {
            log.Append(Entries(3));
            Assert.False(log.IsEmpty);
            Assert.NotNull(log.CloseAndFindOldest());
            log.RemoveOldest();
            Assert.True(log.IsEmpty);
            Assert.Null(log.CloseAndFindOldest());
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Only_the_owner_may_read_what_is_on_disk()
    {
        using var log = NewLog();
        log.Append(Entries(1));

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(_folder.Files("*.spill"))));
        Assert.Single(_folder.Files("*.spill"));
    }

    [Fact]
    public void A_process_that_lives_keeps_its_folder_and_one_that_is_dead_leaves_it()
    {
        var dead = NewLog();
        dead.Append(Entries(2));
        using var other = NewLog();
        other.Adopt();
        Assert.True(other.IsEmpty);

        dead.Dispose();
        other.Adopt();

        Assert.Equal(2, other.Read(other.CloseAndFindOldest()!).Count);
    }

    [Fact]
    public void An_empty_segment_of_a_dead_process_is_removed()
    {
        using (var dead = NewLog())
            dead.Append(Entries(1));
        File.WriteAllBytes(Assert.Single(_folder.Files("*.spill")), []);

        using (var log = NewLog())
        {
            log.Adopt();
            Assert.True(log.IsEmpty);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_torn_end_is_kept_aside_and_what_stands_before_it_is_read()
    {
        var logs = new LogRecorder();
        using (var dead = NewLog())
            dead.Append(Entries(3));
        var segment = Assert.Single(_folder.Files("*.spill"));
        var bytes = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, bytes[..^5]);
        using var log = new SpillLog(_folder.Path, Limit, logs.CreateLogger("spill"));
        log.Adopt();

        Assert.Equal(2, log.Read(log.CloseAndFindOldest()!).Count);

        Assert.Single(_folder.Files("*.torn"));
        Assert.Contains(logs.Records, record => record.EventId.Id == 5504);
    }

    [Fact]
    public void A_flipped_bit_is_found()
    {
        using (var dead = NewLog())
            dead.Append(Entries(3));
        var segment = Assert.Single(_folder.Files("*.spill"));
        var bytes = File.ReadAllBytes(segment);
        bytes[SpillRecord.HeaderLength + 20] ^= 1;
        File.WriteAllBytes(segment, bytes);
        using var log = NewLog();
        log.Adopt();

        Assert.Empty(log.Read(log.CloseAndFindOldest()!));
        Assert.Single(_folder.Files("*.torn"));
    }

    [Fact]
    public void Over_the_limit_nothing_is_taken_and_nothing_is_lost()
    {
        using var log = NewLog();
        var room = Limit / BytesOf(Entries(1));
        log.Append(Entries((int)room - 1));

        Assert.Throws<IOException>(() => log.Append(Entries(3)));

        Assert.Equal(room - 1, log.Read(log.CloseAndFindOldest()!).Count);
    }

    private SpillLog NewLog() => new(_folder.Path, Limit, NullLogger.Instance);

    private static List<PendingEntry> Entries(int count) =>
        [
            .. Enumerable
                .Range(100_000, count)
                .Select(number => new AuditEntry(
                    Guid.CreateVersion7(),
                    DateTimeOffset.UnixEpoch.AddDays(number),
                    $"action.{number}",
                    "type",
                    "ok"
                )
                {
                    Details = System.Text.Json.JsonSerializer.SerializeToElement(new[] { number }),
                })
                .Select(entry => new PendingEntry(entry, EntrySalt.For(entry))),
        ];

    private static long BytesOf(List<PendingEntry> entries) => entries.Sum(entry => entry.ToBytes().Length + SpillRecord.HeaderLength);
}
