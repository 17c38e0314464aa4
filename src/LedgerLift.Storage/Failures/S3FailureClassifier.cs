using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>
/// Tells what a failed request says about the store: by error code first, since an error can come with any status, also inside an answer 200; then by status;
/// then by the exception's type, since a reset reaches us as a bare <see cref="IOException"/>. Only what is wrong with the store or the way to it counts for
/// the circuit breaker. Without state, thread-safe.
/// </summary>
internal sealed class S3FailureClassifier : IFailureClassifier
{
    internal static readonly S3FailureClassifier Instance = new();

    private const int Deepest = 8;

    public FailureDisposition Classify(Exception failure, CancellationToken callerToken)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            OperationCanceledException when callerToken.IsCancellationRequested => FailureDisposition.Ignore,
            AmazonServiceException answer => OfAnswer(answer),
            AmazonClientException broken => OfClient(broken, callerToken),
            _ => DefaultFailureClassifier.Instance.Classify(failure, callerToken),
        };
    }

    public TimeSpan? GetRetryAfter(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            S3AnswerException answer => answer.RetryAfter,
            AmazonServiceException { InnerException: HttpErrorResponseException { Response: { } response } } => RetryAfter(
                response.GetHeaderValue("Retry-After")
            ),
            _ => DefaultFailureClassifier.Instance.GetRetryAfter(failure),
        };
    }

    private static FailureDisposition OfAnswer(AmazonServiceException answer)
    {
        var code = answer.ErrorCode ?? string.Empty;
        if (S3AnswerCodes.IsThrottling(code))
            return FailureDisposition.Throttled;
        if (S3AnswerCodes.IsUnclear(code))
            return FailureDisposition.Ambiguous;
        return answer.StatusCode switch
        {
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => FailureDisposition.Throttled,
            HttpStatusCode.NotImplemented => FailureDisposition.Permanent,
            HttpStatusCode.RequestTimeout => FailureDisposition.Ambiguous,
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.InternalServerError => FailureDisposition.Permanent,
            // 5xx, no status at all, and an error inside a success.
            _ => FailureDisposition.Ambiguous,
        };
    }

    // The SDK wraps some failures of the network, and says with the same type that it finds no credentials.
    private FailureDisposition OfClient(AmazonClientException broken, CancellationToken callerToken)
    {
        Exception? inner = broken.InnerException;
        for (var depth = 0; inner is not null && depth < Deepest; depth++, inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
                return Classify(inner, callerToken);
        }

        return FailureDisposition.Permanent;
    }

    // Seconds only: a date would need the server's clock, which the SDK does not hand out.
    private static TimeSpan? RetryAfter(string? header) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
