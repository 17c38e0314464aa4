using System.Diagnostics;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>What the store tells of its requests: one span and one duration an operation, one count a request, and never whose object it was.</summary>
[Collection(nameof(Alone))]
public sealed class S3TelemetryTests
{
    private const string Secret = "jane-doe-salary";
    private static readonly ObjectKey Key = ObjectKey.Parse($"folder/{Secret}.pdf");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_is_one_span_however_often_it_was_tried()
    {
        await using var server = new StubServer((_, earlier) => earlier == 0 ? StubAnswer.Error(503, "SlowDown") : StubAnswer.Ok);
        using var store = new S3ObjectStore(server.NewOptions());
        using var spans = Listen(server);

        await store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation);

        var span = Assert.Single(spans.Stopped);
        Assert.Equal(("S3/PutObject", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(
            [
                ("aws.s3.bucket", "bucket"),
                ("rpc.method", "PutObject"),
                ("rpc.service", "S3"),
                ("rpc.system", "aws-api"),
                ("server.address", new Uri(server.Url).Authority),
            ],
            span.TagObjects.Select(tag => (tag.Key, tag.Value)).OrderBy(tag => tag.Key, StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(403, "AccessDenied", ActivityStatusCode.Unset)]
    [InlineData(503, "SlowDown", ActivityStatusCode.Error)]
    public async Task A_refusal_is_an_answer_and_a_failure_of_the_store_an_error(int status, string code, ActivityStatusCode expected)
    {
        await using var server = new StubServer((_, _) => StubAnswer.Error(status, code));
        using var store = new S3ObjectStore(server.NewOptions());
        using var spans = Listen(server);

        await Assert.ThrowsAnyAsync<StorageException>(() => store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation).AsTask());

        var span = Assert.Single(spans.Stopped, span => span.DisplayName == "S3/PutObject");
        Assert.Equal(expected, span.Status);
        Assert.Equal(typeof(S3AnswerException).FullName, span.GetTagItem("error.type"));
        Assert.Equal("request-1", span.GetTagItem("aws.request_id"));
    }

    [Fact]
    public async Task An_upload_in_parts_is_a_span_a_request_under_the_callers_own()
    {
        await using var server = PartsServer.Start((_, _) => null);
        using var store = new S3ObjectStore(PartsServer.InParts(server));
        using var spans = Listen(server);
        using var own = new Activity("own").Start();

        await store.UploadAsync(Key, new MemoryStream([1, 2, 3]), ct: Cancellation);

        Assert.Equal(
            ["S3/CreateMultipartUpload", "S3/UploadPart", "S3/CompleteMultipartUpload", "S3/HeadObject"],
            spans.Stopped.Select(span => span.DisplayName)
        );
        Assert.All(spans.Stopped, span => Assert.Equal((own.TraceId, own.SpanId), (span.TraceId, span.ParentSpanId)));
        Assert.All(spans.Stopped, span => Assert.DoesNotContain(Secret, string.Concat(span.TagObjects), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_meter_counts_requests_bytes_and_outcomes()
    {
        await using var server = new StubServer(
            (request, earlier) =>
                (request.Operation, earlier) switch
                {
                    ("PutObject", 0) => StubAnswer.Error(500, "InternalError"),
                    ("GetObject", _) => new StubAnswer(200, "content", ("ETag", "\"etag\"")),
                    ("HeadObject", _) => new StubAnswer(404),
                    ("DeleteObject" or "ListObjectsV2", _) => StubAnswer.Error(403, "AccessDenied"),
                    _ => StubAnswer.Ok,
                }
        );
        using var store = new S3ObjectStore(server.NewOptions());
        using var meter = new MetricRecorder(StorageDiagnostics.MeterName);

        await store.UploadAsync(Key, new MemoryStream(new byte[1000]), ct: Cancellation);
        await StoreFixture.ReadAsync(store, Key, Cancellation);
        Assert.Null(await store.FindAsync(Key, Cancellation));
        await Assert.ThrowsAsync<StorageException>(async () => await store.ListAsync(ct: Cancellation).ToListAsync(Cancellation));

        const string Attempts = "ledgerlift.storage.operation.attempts";
        Assert.Equal(server.Requests.Count, meter.Sum(Attempts, ("ledgerlift.storage.store", "s3")));
        Assert.Equal(2, meter.Sum(Attempts, ("rpc.method", "PutObject")));
        const string Bytes = "ledgerlift.storage.transfer.bytes";
        Assert.Equal(2000, meter.Sum(Bytes, ("network.io.direction", "transmit"), ("ledgerlift.storage.store", "s3")));
        Assert.Equal(7, meter.Sum(Bytes, ("network.io.direction", "receive")));
        const string Duration = "ledgerlift.storage.operation.duration";
        Assert.Equal(4, meter.Values(Duration, ("ledgerlift.storage.store", "s3")).Count);
        // What is not there is an answer.
        Assert.Equal(
            ["ListObjectsV2"],
            meter.Measurements.Where(one => one.Tags.ContainsKey("error.type")).Select(one => one.Tags["rpc.method"]).Cast<string>()
        );
        Assert.All(meter.Measurements, one => Assert.DoesNotContain(Secret, string.Concat(one.Tags), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "stored")]
    [InlineData(false, "not_stored")]
    public async Task An_upload_whose_answer_was_lost_is_counted_by_what_was_found(bool isThere, string outcome)
    {
        await using var server = PartsServer.Start(
            (request, earlier) =>
                request.Operation switch
                {
                    "PutObject" when earlier == 0 => StubAnswer.Reset,
                    "PutObject" => StubAnswer.Error(412, "PreconditionFailed"),
                    "HeadObject" when !isThere => PartsServer.Head("another", length: 1),
                    _ => null,
                }
        );
        using var store = new S3ObjectStore(server.NewOptions());
        using var meter = new MetricRecorder(StorageDiagnostics.MeterName, "ledgerlift.storage.upload.reconciled");

        var settings = new UploadSettings { CreateOnly = true };
        await Record.ExceptionAsync(() => store.UploadAsync(Key, new MemoryStream([1]), settings, ct: Cancellation).AsTask());

        var counted = Assert.Single(meter.Measurements);
        Assert.Equal(1, counted.Value);
        Assert.True(
            counted.Has(("rpc.method", "PutObject"), ("ledgerlift.storage.outcome", outcome), ("ledgerlift.storage.store", "s3")),
            string.Join(' ', counted.Tags)
        );
    }

    // Sources are shared by the process: only this server's.
    private static ActivityRecorder Listen(StubServer server)
    {
        var address = new Uri(server.Url).Authority;
        return new ActivityRecorder(StorageDiagnostics.ActivitySourceName, span => Equals(span.GetTagItem("server.address"), address));
    }
}
