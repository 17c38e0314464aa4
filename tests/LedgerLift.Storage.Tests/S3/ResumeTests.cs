using LedgerLift.Storage.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>Uploads that stop half-way and go on, with only the checkpoint left.</summary>
public sealed class ResumeTests(StoreFixture s3) : IClassFixture<StoreFixture>, IDisposable
{
    private const int Part = 5 * 1024 * 1024;
    private const int Concurrency = 2;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    public async Task What_was_acknowledged_is_not_sent_again(int partsBefore, bool seekable)
    {
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((6 * Part) + 11));
        await StopAfterAsync(key, content, partsBefore);

        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy, options => options.Concurrency = Concurrency);
        var stored = await store.UploadAsync(key, Source(content, seekable), Settings(), ct: Cancellation);

        Assert.Equal(content.Length, stored.Length);
        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.InRange(store.GetStatistics().BytesSent, 1, content.Length - ((long)partsBefore * Part));
        Assert.Empty(_folder.Files("*"));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task Parts_of_a_source_that_changed_are_sent_again()
    {
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((4 * Part) + 1));
        await StopAfterAsync(key, content, parts: 2);
        content[7] ^= 1;

        using var store = s3.NewStore();
        var stored = await store.UploadAsync(key, new MemoryStream(content), Settings(), ct: Cancellation);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), stored.Sha256Hex);
        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_of_another_source_is_thrown_away_with_its_upload()
    {
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((4 * Part) + 1));
        await StopAfterAsync(key, content, parts: 1);
        Assert.Equal(1, await s3.CountUploadsAsync(Cancellation));

        using var store = s3.NewStore();
        await store.UploadAsync(key, new MemoryStream(content[1..]), Settings(), ct: Cancellation);

        Assert.Equal(content[1..], await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.Empty(_folder.Files("*"));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task An_upload_that_was_swept_begins_anew()
    {
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((3 * Part) + 1));
        await StopAfterAsync(key, content, parts: 1);
        using var store = s3.NewStore();

        Assert.Equal(0, await store.SweepIncompleteUploadsAsync(TimeSpan.FromHours(1), cancellationToken: Cancellation));
        Assert.Equal(1, await store.SweepIncompleteUploadsAsync(TimeSpan.Zero, cancellationToken: Cancellation));
        await store.UploadAsync(key, new MemoryStream(content), Settings(), ct: Cancellation);

        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.Empty(_folder.Files("*"));
    }

    [Fact]
    public async Task An_upload_that_was_completed_just_before_the_end_is_found_done()
    {
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((3 * Part) + 1));
        using var store = s3.NewStore();
        var checkpoints = new KeepingCheckpoints(new FileUploadCheckpointStore(_folder.Path));
        var settings = new UploadSettings { Checkpoints = checkpoints, CreateOnly = true };
        await store.UploadAsync(key, new MemoryStream(content), settings, ct: Cancellation);
        var sent = store.GetStatistics().BytesSent;

        // The checkpoint was never removed: what a process leaves that dies in that moment.
        var stored = await store.UploadAsync(key, new MemoryStream(content), Settings(createOnly: true), ct: Cancellation);

        Assert.Equal(content.Length, stored.Length);
        Assert.Equal(sent, store.GetStatistics().BytesSent);
        Assert.Empty(_folder.Files("*"));
    }

    // The process dies: nothing of it is left but the checkpoint. Its source ends the upload when the store has so many parts.
    private async Task StopAfterAsync(ObjectKey key, byte[] content, int parts)
    {
        using var store = s3.NewStore(configure: options => options.Concurrency = Concurrency);
        using var dies = new CancellationTokenSource();
        var progress = new ProgressLog(report =>
        {
            if (report.BytesTransferred >= (long)parts * Part)
                dies.Cancel();
        });
        if (parts == 0)
            progress = new ProgressLog(_ => dies.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.UploadAsync(key, new MemoryStream(content), Settings(), progress, dies.Token).AsTask()
        );
        Assert.Single(_folder.Files("*"));
    }

    private UploadSettings Settings(bool createOnly = false) =>
        new() { Checkpoints = new FileUploadCheckpointStore(_folder.Path), CreateOnly = createOnly };

    private static Stream Source(byte[] content, bool seekable) =>
        seekable ? new MemoryStream(content) : new SourceStream(content, bite: 77_777);
}
