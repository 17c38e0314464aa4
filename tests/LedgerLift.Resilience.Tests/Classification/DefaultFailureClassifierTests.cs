using System.Net;
using System.Net.Sockets;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

public sealed class DefaultFailureClassifierTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    private static DefaultFailureClassifier Classifier => DefaultFailureClassifier.Instance;

    public static TheoryData<Exception, FailureDisposition> Failures =>
        new()
        {
            { new ArgumentException(), FailureDisposition.Ignore },
            { new ArgumentNullException(), FailureDisposition.Ignore },
            { new ArgumentOutOfRangeException(), FailureDisposition.Ignore },
            { new NotSupportedException(), FailureDisposition.Permanent },
            { new PlatformNotSupportedException(), FailureDisposition.Permanent },
            { new BrokenCircuitException(), FailureDisposition.NotExecuted },
            { new IsolatedCircuitException(), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.ConnectionRefused), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.HostNotFound), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.TryAgain), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.NoData), FailureDisposition.NotExecuted },
            { new SocketException((int)SocketError.ConnectionReset), FailureDisposition.Ambiguous },
            { new SocketException((int)SocketError.TimedOut), FailureDisposition.Ambiguous },
            { new SocketException((int)SocketError.HostUnreachable), FailureDisposition.Ambiguous },
            { new SocketException((int)SocketError.NetworkUnreachable), FailureDisposition.Ambiguous },
            { new TimeoutException(), FailureDisposition.Ambiguous },
            { new TimeoutRejectedException(), FailureDisposition.Ambiguous },
            { new OperationCanceledException(), FailureDisposition.Ambiguous },
            { new TaskCanceledException("a", new TimeoutException()), FailureDisposition.Ambiguous },
            { new IOException("a"), FailureDisposition.Ambiguous },
            { new IOException("a", new SocketException((int)SocketError.ConnectionRefused)), FailureDisposition.Ambiguous },
            { new InvalidOperationException(), FailureDisposition.Ambiguous },
            { new ObjectDisposedException("a"), FailureDisposition.Ambiguous },
        };

    public static TheoryData<HttpRequestException, FailureDisposition> HttpFailures =>
        new()
        {
            { Status(429), FailureDisposition.Throttled },
            { Status(503), FailureDisposition.Throttled },
            { Status(400), FailureDisposition.Permanent },
            { Status(404), FailureDisposition.Permanent },
            { Status(428), FailureDisposition.Permanent },
            { Status(430), FailureDisposition.Permanent },
            { Status(499), FailureDisposition.Permanent },
            { Status(399), FailureDisposition.Ambiguous },
            { Status(500), FailureDisposition.Ambiguous },
            { Status(502), FailureDisposition.Ambiguous },
            { Status(504), FailureDisposition.Ambiguous },
            { Error(HttpRequestError.NameResolutionError), FailureDisposition.NotExecuted },
            { Error(HttpRequestError.ConnectionError), FailureDisposition.NotExecuted },
            { Error(HttpRequestError.ResponseEnded), FailureDisposition.Ambiguous },
            { Error(HttpRequestError.SecureConnectionError), FailureDisposition.Ambiguous },
            { new HttpRequestException("a"), FailureDisposition.Ambiguous },
            { new HttpRequestException("a", new SocketException((int)SocketError.ConnectionRefused)), FailureDisposition.NotExecuted },
            { new HttpRequestException("a", new SocketException((int)SocketError.ConnectionReset)), FailureDisposition.Ambiguous },
            {
                new HttpRequestException("a", new SocketException((int)SocketError.ConnectionRefused), HttpStatusCode.BadGateway),
                FailureDisposition.Ambiguous
            },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    [MemberData(nameof(HttpFailures))]
    public void Reads_a_failure_the_same_way_bare_and_as_the_only_one_of_an_aggregate(Exception failure, FailureDisposition expected)
    {
        Assert.Equal(expected, Classifier.Classify(failure, CancellationToken.None));
        Assert.Equal(expected, Classifier.Classify(new AggregateException(new AggregateException(failure)), CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_cancelled_caller_changes_the_reading_of_cancellations_only(Exception failure, FailureDisposition expected)
    {
        var whenCancelled = failure is OperationCanceledException ? FailureDisposition.Ignore : expected;

        Assert.Equal(whenCancelled, Classifier.Classify(failure, Cancelled));
        Assert.Equal(whenCancelled, Classifier.Classify(new AggregateException(failure), Cancelled));
    }

    [Fact]
    public void Several_failures_at_once_are_ambiguous()
    {
        var failure = new AggregateException(new ArgumentException(), new ArgumentException());

        Assert.Equal(FailureDisposition.Ambiguous, Classifier.Classify(failure, CancellationToken.None));
        Assert.Equal(FailureDisposition.Ambiguous, Classifier.Classify(new AggregateException(), CancellationToken.None));
    }

    [Fact]
    public async Task A_real_refused_connection_was_not_executed()
    {
        using var client = new HttpClient();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync(UnusedAddress(), TestContext.Current.CancellationToken)
        );

        Assert.Equal(FailureDisposition.NotExecuted, Classifier.Classify(failure, CancellationToken.None));
    }

    [Fact]
    public void Knows_how_long_an_open_circuit_asks_to_wait()
    {
        var wait = TimeSpan.FromSeconds(7);

        Assert.Equal(wait, Classifier.GetRetryAfter(new BrokenCircuitException("open", wait)));
        Assert.Equal(wait, Classifier.GetRetryAfter(new AggregateException(new BrokenCircuitException("open", wait))));
        Assert.Equal(TimeSpan.Zero, Classifier.GetRetryAfter(new BrokenCircuitException("open", -wait)));
        Assert.Null(Classifier.GetRetryAfter(new BrokenCircuitException("open")));
        Assert.Null(Classifier.GetRetryAfter(new TimeoutException()));
    }

    [Fact]
    public void Refuses_to_classify_nothing()
    {
        Assert.Throws<ArgumentNullException>("failure", () => Classifier.Classify(null!, CancellationToken.None));
        Assert.Throws<ArgumentNullException>("failure", () => Classifier.GetRetryAfter(null!));
    }

    private static HttpRequestException Status(int status) => new("a", inner: null, (HttpStatusCode)status);

    private static HttpRequestException Error(HttpRequestError error) => new(error);

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }
}
