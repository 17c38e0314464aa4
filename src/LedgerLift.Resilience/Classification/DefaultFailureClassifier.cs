using System.Net;
using System.Net.Sockets;
using Polly.CircuitBreaker;

namespace LedgerLift.Resilience;

/// <summary>The classifier for code that talks to nobody in particular: knows cancellation, misuse, sockets, <see cref="HttpClient" /> and open circuits.</summary>
/// <remarks>
/// <para>
/// <see cref="FailureDisposition.Ignore" />: an <see cref="OperationCanceledException" /> while the caller's token is cancelled; any <see cref="ArgumentException" />.
/// <see cref="FailureDisposition.Permanent" />: <see cref="NotSupportedException" />; an <see cref="HttpRequestException" /> with a 4xx status other than 429.
/// <see cref="FailureDisposition.NotExecuted" />: a connection refused, a name not resolved, a connection that could not be established, an open circuit.
/// <see cref="FailureDisposition.Throttled" />: an <see cref="HttpRequestException" /> with status 429 or 503 (RFC 6585, section 4; RFC 9110, section 15.6.4).
/// <see cref="FailureDisposition.Ambiguous" />: everything else.
/// </para>
/// <para>An <see cref="AggregateException" /> with one inner exception counts as that exception; with several, as ambiguous.</para>
/// <para>Without state, safe to use from any thread.</para>
/// </remarks>
public sealed class DefaultFailureClassifier : IFailureClassifier
{
    private DefaultFailureClassifier() { }

    /// <summary>The one instance.</summary>
    public static DefaultFailureClassifier Instance { get; } = new();

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException"><paramref name="failure" /> is <see langword="null" />.</exception>
    public FailureDisposition Classify(Exception failure, CancellationToken callerToken)
    {
        ArgumentNullException.ThrowIfNull(failure);

        return Unwrap(failure) switch
        {
            OperationCanceledException when callerToken.IsCancellationRequested => FailureDisposition.Ignore,
            ArgumentException => FailureDisposition.Ignore,
            NotSupportedException => FailureDisposition.Permanent,
            BrokenCircuitException => FailureDisposition.NotExecuted,
            HttpRequestException http => ClassifyHttp(http),
            SocketException socket when NeverConnected(socket) => FailureDisposition.NotExecuted,
            _ => FailureDisposition.Ambiguous,
        };
    }

    /// <inheritdoc />
    /// <remarks>Known from an open circuit only: a <see cref="BrokenCircuitException" /> of this package or of Polly. Never negative.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="failure" /> is <see langword="null" />.</exception>
    public TimeSpan? GetRetryAfter(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);

        return Unwrap(failure) switch
        {
            BrokenCircuitException { RetryAfter: { } wait } => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };
    }

    private static Exception Unwrap(Exception failure)
    {
        while (failure is AggregateException { InnerExceptions: [var only] })
        {
            failure = only;
        }

        return failure;
    }

    private static FailureDisposition ClassifyHttp(HttpRequestException failure) =>
        failure switch
        {
            { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } => FailureDisposition.Throttled,
            { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => FailureDisposition.Permanent,
            // A status is an answer: the request was sent, whatever the inner exception says.
            { StatusCode: not null } => FailureDisposition.Ambiguous,
            // Both are reported while a connection is being made, before the first byte of the request.
            { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } =>
                FailureDisposition.NotExecuted,
            { InnerException: SocketException socket } when NeverConnected(socket) => FailureDisposition.NotExecuted,
            _ => FailureDisposition.Ambiguous,
        };

    // Only codes that a stream socket cannot report after bytes were sent; an unreachable host, for one, can be reported in mid-conversation.
    private static bool NeverConnected(SocketException failure) =>
        failure.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData;
}
