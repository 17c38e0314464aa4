using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using LedgerLift.Resilience;

namespace LedgerLift.Storage.Tests;

public sealed class S3FailureClassifierTests
{
    public static TheoryData<Exception, FailureDisposition> Failures =>
        new()
        {
            { Answer(503, "SlowDown"), FailureDisposition.Throttled },
            { Answer(400, "SlowDown"), FailureDisposition.Throttled },
            { Answer(503, "Whatever"), FailureDisposition.Throttled },
            { Answer(429, "Whatever"), FailureDisposition.Throttled },
            { Answer(200, "InternalError"), FailureDisposition.Ambiguous },
            { Answer(500, "InternalError"), FailureDisposition.Ambiguous },
            { Answer(502, ""), FailureDisposition.Ambiguous },
            { Answer(504, ""), FailureDisposition.Ambiguous },
            { Answer(400, "RequestTimeout"), FailureDisposition.Ambiguous },
            { Answer(408, ""), FailureDisposition.Ambiguous },
            { Answer(0, ""), FailureDisposition.Ambiguous },
            { Answer(501, "NotImplemented"), FailureDisposition.Permanent },
            { Answer(301, "PermanentRedirect"), FailureDisposition.Permanent },
            { Answer(400, "BadDigest"), FailureDisposition.Permanent },
            { Answer(403, "ExpiredToken"), FailureDisposition.Permanent },
            { Answer(404, "NoSuchKey"), FailureDisposition.Permanent },
            { Answer(409, "OperationAborted"), FailureDisposition.Permanent },
            { Answer(412, "PreconditionFailed"), FailureDisposition.Permanent },
            { new IOException("reset"), FailureDisposition.Ambiguous },
            { new TimeoutException(), FailureDisposition.Ambiguous },
            { new TaskCanceledException("a timeout of the HTTP stack"), FailureDisposition.Ambiguous },
            { new HttpRequestException(HttpRequestError.ConnectionError), FailureDisposition.NotExecuted },
            { new HttpRequestException(HttpRequestError.NameResolutionError), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.ConnectionRefused), FailureDisposition.NotExecuted },
            { new AmazonClientException("no credentials"), FailureDisposition.Permanent },
            {
                new AmazonClientException("no credentials", new HttpRequestException(HttpRequestError.ConnectionError)),
                FailureDisposition.NotExecuted
            },
            { new ArgumentException("misuse"), FailureDisposition.Ignore },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Code_status_and_type_decide_in_this_order(Exception failure, FailureDisposition expected) =>
        Assert.Equal(expected, S3FailureClassifier.Instance.Classify(failure, CancellationToken.None));

    [Fact]
    public void The_callers_own_cancellation_is_nobodys_failure() =>
        Assert.Equal(
            FailureDisposition.Ignore,
            S3FailureClassifier.Instance.Classify(new OperationCanceledException(), new CancellationToken(canceled: true))
        );

    private static AmazonS3Exception Answer(int status, string code) =>
        new("words", ErrorType.Unknown, code, "request", (HttpStatusCode)status);
}
