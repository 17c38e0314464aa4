namespace LedgerLift.Storage.Tests;

public sealed partial class FileSystemObjectStoreTests
{
    [Fact]
    public async Task The_sweeper_removes_old_uploads_and_leftovers_and_nothing_young()
    {
        var store = _fixture.Open();
        var old = await store.CreateAsync(new UploadIntent(Key, 4, "text/csv"), Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(_fixture.Root, "temporary", $"{_fixture.Time.GetUtcNow().ToUnixTimeMilliseconds()}-left"),
            "x",
            Cancellation
        );
        Directory.CreateDirectory(Path.Combine(_fixture.Root, "uploads", new string('a', 32)));
        _fixture.Time.Advance(TimeSpan.FromHours(2));
        var young = await store.CreateAsync(new UploadIntent(Key, 4, "text/csv"), Cancellation);
        await PutAsync(store, ObjectKey.Parse("kept"), "content");

        var swept = await store.SweepIncompleteUploadsAsync(TimeSpan.FromHours(1), Cancellation);

        Assert.Equal(2, swept);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_fixture.Root, "temporary")));
        var failure = await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(old, Cancellation));
        Assert.Equal(StorageErrorCodes.UploadNotFound, failure.Code);
        failure = await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(young, Cancellation));
        Assert.Equal(StorageErrorCodes.UploadIncomplete, failure.Code);
        Assert.NotNull(await store.FindAsync(ObjectKey.Parse("kept"), Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.SweepIncompleteUploadsAsync(TimeSpan.Zero, Cancellation)
        );
    }

    [Fact]
    public async Task A_completion_that_was_cut_off_before_it_cleared_up_is_repeated()
    {
        var store = _fixture.Open();
        var upload = await store.CreateAsync(new UploadIntent(Key, 4, "text/csv"), Cancellation);
        await (
            await FileStoreFixture.SendAsync(store, await store.PresignPartAsync(upload, 1, 4, Cancellation), "abcd"u8.ToArray())
        ).DisposeAsync();
        var folder = Directory.GetDirectories(Path.Combine(_fixture.Root, "uploads")).Single();
        var copy = _fixture.Folder["copy"];
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var first = await store.CompleteAsync(upload, Cancellation);
        Directory.Move(copy, folder);

        var again = await store.CompleteAsync(upload, Cancellation);

        Assert.Equal(first.ETag, again.ETag);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_fixture.Root, "uploads")));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public async Task An_upload_id_is_no_path(string id)
    {
        var store = _fixture.Open();
        var upload = new MultipartUpload(Key, id, 4, 4);

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(upload, Cancellation));
        Assert.Equal(StorageErrorCodes.UploadNotFound, failure.Code);
        await store.AbortAsync(upload, Cancellation);
        Assert.True(Directory.Exists(Path.Combine(_fixture.Root, "objects")));
    }

    [Fact]
    public async Task An_upload_belongs_to_its_key()
    {
        var store = _fixture.Open();
        var upload = await store.CreateAsync(new UploadIntent(Key, 4, "text/csv"), Cancellation);
        var other = upload with { Key = ObjectKey.Parse("other") };

        await using var reply = await FileStoreFixture.SendAsync(
            store,
            await store.PresignPartAsync(other, 1, 4, Cancellation),
            "abcd"u8.ToArray()
        );

        Assert.Equal((404, "NoSuchUpload"), (reply.StatusCode, reply.ErrorCode));
        Assert.Equal(
            StorageErrorCodes.UploadNotFound,
            (await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(other, Cancellation))).Code
        );
    }

    [Fact]
    public async Task The_announced_hash_of_an_upload_in_parts_is_enforced()
    {
        var store = _fixture.Open();
        var upload = await store.CreateAsync(new UploadIntent(Key, 4, "text/csv") { Sha256Hex = new string('0', 64) }, Cancellation);
        await (
            await FileStoreFixture.SendAsync(store, await store.PresignPartAsync(upload, 1, 4, Cancellation), "abcd"u8.ToArray())
        ).DisposeAsync();

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await store.CompleteAsync(upload, Cancellation));

        Assert.Equal(StorageErrorCodes.ContentMismatch, failure.Code);
        Assert.Null(await store.FindAsync(Key, Cancellation));
    }

    [Fact]
    public async Task Parts_are_larger_where_there_would_be_too_many()
    {
        var store = _fixture.Open(options =>
        {
            options.PartSizeBytes = 64 * 1024;
            options.MaxObjectBytes = long.MaxValue;
        });

        var upload = await store.CreateAsync(new UploadIntent(Key, 10_000L * 64 * 1024 + 1, "text/csv"), Cancellation);

        Assert.Equal(64 * 1024 + 1, upload.PartSizeBytes);
        Assert.InRange(upload.PartCount, 9_990, 10_000);
    }
}
