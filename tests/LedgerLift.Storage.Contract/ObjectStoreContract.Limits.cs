namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task The_longest_object_is_taken_and_one_byte_more_is_refused_before_anything_is_sent()
    {
        await using var store = await CreateAsync(new ContractSettings { MaxObjectBytes = 100_000 });
        await PutAsync(store, Key(), Bytes.Of(100_000));
        var requests = store.Objects.GetStatistics().Requests;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PutAsync(store, Key("longer"), Bytes.Of(100_001)).AsTask());
        Assert.Equal(requests, store.Objects.GetStatistics().Requests);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.Objects.UploadAsync(Key("longer"), new SourceStream(Bytes.Of(100_001)), ct: Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.Objects.PresignPutAsync(new UploadIntent(Key("longer"), 100_001, "text/csv"), Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.Objects.PresignPostAsync(new UploadIntent(Key("longer"), 100_001, "text/csv"), Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.Parts.CreateAsync(new UploadIntent(Key("longer"), 100_001, "text/csv"), Cancellation)
        );

        Assert.Null(await store.Objects.FindAsync(Key("longer"), Cancellation));
        Assert.Equal(0, await CountIncompleteAsync(store, Prefix("")));
    }

    [Theory]
    [InlineData(600_000, 200_000)]
    [InlineData(22 * 1024 * 1024, 12 * 1024 * 1024)]
    public async Task A_cancelled_upload_leaves_what_was_there_and_no_orphan(int length, int cancelAt)
    {
        await using var store = await CreateAsync();
        var before = Bytes.Of(50);
        await PutAsync(store, Key(), before);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var source = new SourceStream(Bytes.Of(length), beforeRead: position => CancelAt(position, cancelAt, cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.Objects.UploadAsync(Key(), source, ct: cancel.Token)
        );

        Assert.Equal(before, await ReadAsync(store, Key()));
        Assert.Equal(0, await CountIncompleteAsync(store, Prefix("")));
    }

    [Theory]
    [InlineData(600_000, 200_000)]
    [InlineData(22 * 1024 * 1024, 12 * 1024 * 1024)]
    public async Task A_source_that_fails_fails_the_upload_with_its_own_exception_and_leaves_nothing(int length, int failAt)
    {
        await using var store = await CreateAsync();
        var failure = new InvalidDataException("The source is broken.");
        await using var source = new SourceStream(Bytes.Of(length), beforeRead: position => FailAt(position, failAt, failure));

        var seen = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await store.Objects.UploadAsync(Key(), source, ct: Cancellation)
        );

        Assert.Same(failure, seen);
        Assert.Null(await store.Objects.FindAsync(Key(), Cancellation));
        Assert.Equal(0, await CountIncompleteAsync(store, Prefix("")));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300_000, true)]
    [InlineData(300_000, false)]
    [InlineData(22 * 1024 * 1024, true)]
    [InlineData(22 * 1024 * 1024, false)]
    public async Task Progress_never_goes_back_and_ends_with_everything(int length, bool hasLength)
    {
        await using var store = await CreateAsync();
        var progress = new ProgressLog();
        await using Stream source = hasLength ? new MemoryStream(Bytes.Of(length)) : new SourceStream(Bytes.Of(length));

        await store.Objects.UploadAsync(Key(), source, settings: null, progress, Cancellation);

        var bytes = progress.Reports.Select(report => report.BytesTransferred).ToArray();
        Assert.Equal(bytes.Order(), bytes);
        Assert.Equal(length, bytes[^1]);
        Assert.Equal(length, progress.Reports[^1].TotalBytes);
        if (hasLength)
            Assert.All(progress.Reports, report => Assert.Equal(length, report.TotalBytes));
    }

    private static void CancelAt(long position, long at, CancellationTokenSource cancel)
    {
        if (position >= at)
            cancel.Cancel();
    }

    private static void FailAt(long position, long at, Exception failure)
    {
        if (position >= at)
            throw failure;
    }
}
