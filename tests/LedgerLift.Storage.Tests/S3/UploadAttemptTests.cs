namespace LedgerLift.Storage.Tests;

/// <summary>As <see cref="AttemptTests"/>, for the requests that come after others that succeed: those of uploads in parts.</summary>
public sealed class UploadAttemptTests
{
    private static readonly ObjectKey Key = ObjectKey.Parse("folder/document");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<S3ObjectStore, Task>> Steps = new(StringComparer.Ordinal)
    {
        ["UploadPart"] = store => store.UploadAsync(Key, new MemoryStream([1, 2]), ct: Cancellation).AsTask(),
        ["CompleteMultipartUpload"] = store => store.UploadAsync(Key, new MemoryStream([1, 2]), ct: Cancellation).AsTask(),
        ["ListParts"] = store =>
            store.ListPartsAsync(new MultipartUpload(Key, "id", 1, 1), Cancellation).ToListAsync(Cancellation).AsTask(),
        ["ListMultipartUploads"] = store =>
            store.SweepIncompleteUploadsAsync(TimeSpan.FromDays(1), cancellationToken: Cancellation).AsTask(),
        ["DeleteObject"] = store => store.DeleteAsync(Key, Cancellation).AsTask(),
    };

    [Theory]
    [MemberData(nameof(AttemptTests.Failures), MemberType = typeof(AttemptTests))]
    public async Task Every_attempt_is_one_request_and_every_request_one_attempt(string failure, int attempts)
    {
        foreach (var operation in Steps.Keys)
        {
            await using var server = PartsServer.Start(
                (request, _) =>
                    request.Operation == operation ? AttemptTests.AnswerOf(failure)
                    // No mark is found, so that a completion that failed counts as failed.
                    : request.Operation == "HeadObject" && operation == "CompleteMultipartUpload" ? new StubAnswer(404)
                    : null
            );
            var options = PartsServer.InParts(server);
            options.Resilience.CircuitBreaker = null;
            using var store = new S3ObjectStore(options);

            var thrown = await Record.ExceptionAsync(() => Steps[operation](store));

            Assert.Equal((operation, attempts), (operation, server.Requests.Count(request => request.Operation == operation)));
            Assert.Equal(attempts - 1, store.GetStatistics().Retries);
            Assert.Equal(attempts, Assert.IsAssignableFrom<StorageException>(thrown).Attempts);
        }
    }
}
