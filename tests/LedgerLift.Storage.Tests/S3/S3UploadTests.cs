using System.Security.Cryptography;
using LedgerLift.Storage.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>Uploads to the real gateway.</summary>
public sealed class S3UploadTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private const int Part = 5 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(6 * 1024 * 1024)]
    [InlineData((6 * 1024 * 1024) + 1)]
    [InlineData(2 * Part)]
    [InlineData((3 * Part) + 17)]
    public async Task What_is_uploaded_is_found_and_read_whole(int length)
    {
        using var store = s3.NewStore();
        foreach (var seekable in new[] { true, false })
        {
            var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes(length));
            var progress = new ProgressLog();

            await using var source = seekable ? new MemoryStream(content) : (Stream)new SourceStream(content, bite: 77_777);
            var stored = await store.UploadAsync(key, source, new UploadSettings { ContentType = "text/plain" }, progress, Cancellation);

            Assert.Equal(length, stored.Length);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), stored.Sha256Hex);
            Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
            var found = await store.FindAsync(key, Cancellation);
            Assert.Equal((length, "text/plain", stored.ETag), (found!.Length, found.ContentType, found.ETag));
            Assert.Equal(new TransferProgress(length, length), progress.Reports[^1]);
            Assert.Equal(progress.Reports.OrderBy(report => report.BytesTransferred), progress.Reports);
            Assert.True(await store.DeleteAsync(key, Cancellation));
            Assert.False(await store.DeleteAsync(key, Cancellation));
            Assert.Null(await store.FindAsync(key, Cancellation));
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData((2 * Part) + 1)]
    public async Task An_upload_that_may_only_create_leaves_alone_what_is_there(int length)
    {
        using var store = s3.NewStore();
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes(length));
        var createOnly = new UploadSettings { CreateOnly = true };
        await store.UploadAsync(key, new MemoryStream(content), createOnly, progress: null, Cancellation);

        var refused = await Assert.ThrowsAsync<PreconditionFailedException>(() =>
            store.UploadAsync(key, new MemoryStream(new byte[length]), createOnly, progress: null, Cancellation).AsTask()
        );

        Assert.Equal(key, refused.Key);
        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task A_source_that_is_too_long_is_refused_before_any_request_where_it_says_so_and_else_leaves_nothing()
    {
        using var store = s3.NewStore(configure: options => options.MaxObjectBytes = 7 * 1024 * 1024);
        var (key, content) = (StoreFixture.NewKey(), new byte[(7 * 1024 * 1024) + 1]);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "content",
            () => store.UploadAsync(key, new MemoryStream(content), ct: Cancellation).AsTask()
        );
        Assert.Equal(0, store.GetStatistics().Requests);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "content",
            () => store.UploadAsync(key, new SourceStream(content, bite: 77_777), ct: Cancellation).AsTask()
        );
        Assert.Null(await store.FindAsync(key, Cancellation));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task A_source_that_fails_gives_its_own_exception_and_leaves_no_upload()
    {
        using var store = s3.NewStore();
        var key = StoreFixture.NewKey();
        await using var source = new SourceStream(
            new byte[3 * Part],
            beforeRead: static position => _ = position > 2 * Part ? throw new InvalidDataException("the source") : position
        );

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => store.UploadAsync(key, source, ct: Cancellation).AsTask());

        Assert.Equal("the source", failure.Message);
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_no_upload_and_no_object()
    {
        using var store = s3.NewStore();
        using var cancel = new CancellationTokenSource();
        var key = StoreFixture.NewKey();
        var progress = new ProgressLog(_ => cancel.Cancel());

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.UploadAsync(key, new MemoryStream(new byte[8 * Part]), settings: null, progress, cancel.Token).AsTask()
        );

        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.Null(await store.FindAsync(key, Cancellation));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }
}
