using LedgerLift.Resilience;

namespace LedgerLift.Storage.Tests;

/// <summary>Requests on the wire are the attempts that are recorded, whatever goes wrong; and what goes wrong gets its meaning.</summary>
public sealed class AttemptTests
{
    private static readonly ObjectKey Key = ObjectKey.Parse("folder/document");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Failures =>
        new()
        {
            // A graceful end without an answer is what the HTTP stack would repeat by itself.
            { "hangup", 4 },
            { "reset", 4 },
            { "500 InternalError", 4 },
            { "502 BadGateway", 4 },
            { "503 SlowDown", 4 },
            { "503 ServiceUnavailable", 4 },
            { "504 GatewayTimeout", 4 },
            { "429 TooManyRequests", 4 },
            { "408 RequestTimeout", 4 },
            { "400 RequestTimeout", 4 },
            { "409 ConditionalRequestConflict", 4 },
            { "400 BadDigest", 4 },
            { "400 InvalidRequest", 1 },
            { "403 AccessDenied", 1 },
            { "403 SignatureDoesNotMatch", 1 },
            { "404 NoSuchBucket", 1 },
            { "301 PermanentRedirect", 1 },
            { "501 NotImplemented", 1 },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_attempt_is_one_request_and_every_request_one_attempt(string failure, int attempts)
    {
        foreach (var operation in Operations.Keys)
        {
            await using var server = new StubServer((_, _) => AnswerOf(failure));
            var options = server.NewOptions();
            options.Resilience.CircuitBreaker = null;
            using var store = new S3ObjectStore(options);

            var thrown = await Record.ExceptionAsync(() => Operations[operation](store));

            var requests = server.Requests.Where(request => request.Operation == operation).ToList();
            var sent = NeedsItsReason(failure) && operation == "HeadObject" ? 1 : attempts;
            Assert.Equal((operation, sent), (operation, requests.Count));
            Assert.DoesNotContain(server.Requests, request => request.Operation == "Unknown");
            Assert.Equal(server.Requests.Count - 1 - OtherFirsts(server, operation), store.GetStatistics().Retries);
            if (operation == "HeadObject" && failure == "404 NoSuchBucket")
                Assert.Null(thrown);
            else
                Assert.Equal(sent, Assert.IsAssignableFrom<StorageException>(thrown).Attempts);
        }
    }

    [Fact]
    public async Task A_success_after_two_failures_is_three_requests_and_no_exception()
    {
        await using var server = new StubServer((_, earlier) => earlier < 2 ? StubAnswer.Error(503, "SlowDown") : StubAnswer.Ok);
        using var store = new S3ObjectStore(server.NewOptions());

        await store.UploadAsync(Key, new MemoryStream([1, 2, 3]), ct: Cancellation);

        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal([1, 2, 3], request.Body));
        var statistics = store.GetStatistics();
        Assert.Equal(
            (1, 1, 0, 2, 9),
            (statistics.Requests, statistics.Succeeded, statistics.Failed, statistics.Retries, statistics.BytesSent)
        );
    }

    [Fact]
    public async Task Refusals_leave_the_circuit_closed_and_failures_of_the_store_open_it()
    {
        var answer = StubAnswer.Error(403, "AccessDenied");
        await using var server = new StubServer((_, _) => answer);
        using var store = new S3ObjectStore(server.NewOptions());

        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<StorageException>(() => store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask());
        Assert.Equal(BreakerState.Closed, store.GetStatistics().Breaker);

        answer = StubAnswer.Error(500, "InternalError");
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask()
        );
        var open = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask()
        );
        Assert.Equal(BreakerState.Open, store.GetStatistics().Breaker);
        Assert.True(open.RetryAfter > TimeSpan.Zero);
        Assert.True(store.GetStatistics().Rejected > 0);
    }

    [Fact]
    public async Task An_error_inside_an_answer_200_is_a_failure()
    {
        await using var server = new StubServer(
            (request, earlier) =>
                request.Operation switch
                {
                    "CreateMultipartUpload" => new StubAnswer(
                        200,
                        "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"
                    ),
                    "CompleteMultipartUpload" when earlier == 0 => StubAnswer.Error(200, "InternalError"),
                    "CompleteMultipartUpload" => new StubAnswer(
                        200,
                        "<CompleteMultipartUploadResult><ETag>\"x-2\"</ETag></CompleteMultipartUploadResult>"
                    ),
                    "HeadObject" => new StubAnswer(200, "", ("ETag", "\"x-2\""), ("Content-Type", "a/b")),
                    _ => StubAnswer.Ok,
                }
        );
        var options = server.NewOptions();
        options.PartSizeBytes = 5 * 1024 * 1024;
        options.MultipartThresholdBytes = 1;
        using var store = new S3ObjectStore(options);

        // The stub's object has no length, so that the comparison at the end refuses it: what counts is that the completion was sent twice.
        var failure = await Assert.ThrowsAsync<StorageException>(() =>
            store.UploadAsync(Key, new MemoryStream(new byte[10]), ct: Cancellation).AsTask()
        );

        Assert.Equal(StorageErrorCodes.ContentMismatch, failure.Code);
        Assert.Equal(2, server.Requests.Count(request => request.Operation == "CompleteMultipartUpload"));
    }

    [Fact]
    public async Task A_store_that_is_silent_is_given_up_and_tried_again()
    {
        await using var server = new StubServer((_, earlier) => earlier == 0 ? StubAnswer.Silence : StubAnswer.Ok);
        var options = server.NewOptions();
        options.TransferStallTimeout = TimeSpan.FromMilliseconds(200);
        using var store = new S3ObjectStore(options);

        await store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_wait_that_the_store_asks_for_reaches_the_caller()
    {
        await using var server = new StubServer((_, _) => StubAnswer.Error(503, "SlowDown", ("Retry-After", "7")));
        using var store = new S3ObjectStore(server.NewOptions());

        var put = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask()
        );
        await using var second = new StubServer((_, _) => StubAnswer.Error(503, "SlowDown", ("Retry-After", "8")));
        using var other = new S3ObjectStore(second.NewOptions());
        var list = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await other.ListAsync(ct: Cancellation).ToListAsync(Cancellation)
        );

        Assert.Equal(TimeSpan.FromSeconds(7), put.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(8), list.RetryAfter);
        Assert.Equal(("SlowDown", 503, "request-1"), (list.S3Code, list.StatusCode, list.RequestId));
    }

    private static readonly Dictionary<string, Func<S3ObjectStore, Task>> Operations = new(StringComparer.Ordinal)
    {
        ["PutObject"] = store => store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask(),
        ["GetObject"] = store => store.OpenReadAsync(Key, Cancellation).AsTask(),
        ["HeadObject"] = store => store.FindAsync(Key, Cancellation).AsTask(),
        ["ListObjectsV2"] = store => store.ListAsync(ct: Cancellation).ToListAsync(Cancellation).AsTask(),
        ["AbortMultipartUpload"] = store => store.AbortAsync(new MultipartUpload(Key, "id", 1, 1), Cancellation).AsTask(),
        ["CreateMultipartUpload"] = store => store.CreateAsync(new UploadIntent(Key, 1, "a/b"), Cancellation).AsTask(),
    };

    // A HEAD is refused without a body, so that only the status is left to judge by.
    private static bool NeedsItsReason(string failure) =>
        failure is "400 RequestTimeout" or "409 ConditionalRequestConflict" or "400 BadDigest";

    // A put whose outcome is unclear asks once more whose object is there.
    private static int OtherFirsts(StubServer server, string operation) =>
        server.Requests.Where(request => request.Operation != operation).Select(request => request.Operation).Distinct().Count();

    internal static StubAnswer AnswerOf(string failure) =>
        failure switch
        {
            "hangup" => StubAnswer.Hangup,
            "reset" => StubAnswer.Reset,
            _ => StubAnswer.Error(int.Parse(failure[..3], System.Globalization.CultureInfo.InvariantCulture), failure[4..]),
        };
}
