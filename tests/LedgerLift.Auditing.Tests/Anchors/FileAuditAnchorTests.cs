using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class FileAuditAnchorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SealedExample _example = new();

    private string File => Path.Combine(_folder.Path, "anchor.ndjson");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_in_order_by_another_instance()
    {
        using (var anchor = new FileAuditAnchor(File))
        {
            await anchor.AppendAsync(_example.First.Checkpoint);
            await anchor.AppendAsync(_example.Second.Checkpoint);
            await anchor.AppendAsync(_example.Second.Checkpoint);
        }

        Assert.Equal([_example.First.Checkpoint, _example.Second.Checkpoint, _example.Second.Checkpoint], await ReadAsync());
    }

    [Fact]
    public async Task A_file_that_does_not_exist_holds_nothing() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task A_line_that_a_crash_cut_off_is_skipped_wherever_it_was_cut()
    {
        var line = Encoding.UTF8.GetString(_example.First.Checkpoint.ToCanonicalJson());
        for (var length = 1; length < line.Length; length += 7)
        {
            await System.IO.File.WriteAllTextAsync(File, $"{line}\n{line[..length]}");
            Assert.Equal([_example.First.Checkpoint], await ReadAsync());

            using var anchor = new FileAuditAnchor(File);
            await anchor.AppendAsync(_example.Second.Checkpoint);
            Assert.Equal([_example.First.Checkpoint, _example.Second.Checkpoint], await ReadAsync());
        }
    }

    [Fact]
    public async Task Many_appends_at_once_leave_whole_lines()
    {
        using var anchor = new FileAuditAnchor(File);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => anchor.AppendAsync(_example.First.Checkpoint).AsTask())));

        Assert.Equal(Enumerable.Repeat(_example.First.Checkpoint, 50), await ReadAsync());
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\"a\":1}\n");

        var refused = await Assert.ThrowsAsync<AuditException>(ReadAsync);

        Assert.Equal(AuditErrorCodes.MalformedTrail, refused.Code);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_passing_failure()
    {
        using var anchor = new FileAuditAnchor(Path.Combine(_folder.Path, "missing", "anchor.ndjson"));

        var failed = await Assert.ThrowsAsync<AuditException>(() => anchor.AppendAsync(_example.First.Checkpoint).AsTask());

        Assert.Equal(AuditErrorCodes.AnchorFailed, failed.Code);
        Assert.True(failed.IsTransient);
        Assert.IsType<DirectoryNotFoundException>(failed.InnerException);
    }

    private async Task<List<AuditCheckpoint>> ReadAsync()
    {
        using var anchor = new FileAuditAnchor(File);
        var checkpoints = new List<AuditCheckpoint>();
        await foreach (var checkpoint in anchor.ReadAsync())
            checkpoints.Add(checkpoint);
        return checkpoints;
    }
}
