using LedgerLift.Storage.Contract;

namespace LedgerLift.Storage.Tests;

/// <summary>The store says that there is no such upload: because it was completed and the answer was lost, or because it is gone.</summary>
public sealed class GoneUploadTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private const int Part = 5 * 1024 * 1024;

    private static readonly ObjectKey Key = ObjectKey.Parse("folder/document");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completion_whose_answer_was_lost_and_whose_upload_is_gone_is_found_done()
    {
        await using var server = PartsServer.Start(
            (request, earlier) =>
                request.Operation != "CompleteMultipartUpload" ? null
                : earlier == 0 ? StubAnswer.Reset
                : StubAnswer.Error(404, "NoSuchUpload")
        );
        using var store = new S3ObjectStore(PartsServer.InParts(server));

        var stored = await store.UploadAsync(Key, new MemoryStream([1, 2, 3]), ct: Cancellation);

        Assert.Equal((3, "\"whole-2\""), (stored.Length, stored.ETag));
        Assert.Equal(Bytes.Sha256([1, 2, 3]), stored.Sha256Hex);
        Assert.Equal(2, server.Requests.Count(request => request.Operation == "CompleteMultipartUpload"));
        Assert.DoesNotContain(server.Requests, request => request.Operation == "AbortMultipartUpload");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("another's")]
    public async Task A_completion_that_never_took_effect_is_a_clear_error(string there)
    {
        await using var server = PartsServer.Start(
            (request, _) =>
                request.Operation switch
                {
                    "CompleteMultipartUpload" => StubAnswer.Error(404, "NoSuchUpload"),
                    "HeadObject" when there == "nothing" => new StubAnswer(404),
                    "HeadObject" => PartsServer.Head(UploadToken.New(), 3),
                    _ => null,
                }
        );
        using var store = new S3ObjectStore(PartsServer.InParts(server));

        var failure = await Assert.ThrowsAsync<StorageException>(() =>
            store.UploadAsync(Key, new MemoryStream([1, 2, 3]), ct: Cancellation).AsTask()
        );

        AssertGone(failure);
        Assert.Equal(1, server.Requests.Count(request => request.Operation == "CompleteMultipartUpload"));
    }

    [Fact]
    public async Task An_upload_that_is_removed_while_it_is_under_way_is_a_clear_error_on_the_gateway()
    {
        using var store = s3.NewStore(configure: options => options.Concurrency = 1);
        var key = StoreFixture.NewKey();
        using var gone = new ManualResetEventSlim();
        var isReached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = new SourceStream(
            new byte[8 * Part],
            bite: Part,
            position => WaitAt(position == 4 * Part, isReached, gone)
        );

        var upload = store.UploadAsync(key, source, ct: Cancellation).AsTask();
        await isReached.Task;
        var known = Assert.Single((await s3.Client.ListMultipartUploadsAsync(s3.Bucket, Cancellation)).MultipartUploads);
        await s3.Client.AbortMultipartUploadAsync(s3.Bucket, known.Key, known.UploadId, Cancellation);
        gone.Set();
        var failure = await Assert.ThrowsAsync<StorageException>(() => upload);

        AssertGone(failure);
        Assert.Null(await store.FindAsync(key, Cancellation));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    private static void WaitAt(bool isThere, TaskCompletionSource isReached, ManualResetEventSlim gone)
    {
        if (!isThere)
            return;
        isReached.SetResult();
        gone.Wait(Cancellation);
    }

    private static void AssertGone(StorageException failure)
    {
        Assert.Equal(
            (StorageErrorCodes.UploadNotFound, "NoSuchUpload", 404, false),
            (failure.Code, failure.S3Code, failure.StatusCode, failure.IsTransient)
        );
        Assert.Contains("no such upload", failure.Message, StringComparison.Ordinal);
        Assert.IsType<ObjectNotFoundException>(failure.InnerException);
    }
}
