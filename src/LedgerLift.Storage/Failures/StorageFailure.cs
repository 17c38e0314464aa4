using System.Globalization;
using System.Net;
using Amazon.Runtime;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>Makes of a failed request the exception that the caller gets, with the cause inside.</summary>
internal static class StorageFailure
{
    /// <summary>The object, or the upload, is not there.</summary>
    internal static bool IsAbsence(Exception failure) =>
        failure is AmazonServiceException { StatusCode: HttpStatusCode.NotFound } answer
        && !string.Equals(answer.ErrorCode, S3AnswerCodes.NoSuchBucket, StringComparison.Ordinal);

    /// <summary>An answer that says no to this request, and nothing about the store.</summary>
    internal static bool IsRefusal(Exception failure) =>
        failure is AmazonServiceException && S3FailureClassifier.Instance.Classify(failure, default) == FailureDisposition.Permanent;

    /// <summary>Translates.</summary>
    /// <param name="failure">What the last attempt threw.</param>
    /// <param name="key">The object it was about, or <c>default</c>.</param>
    /// <param name="attempts">How many requests were sent.</param>
    internal static StorageException Translate(Exception failure, ObjectKey key, int attempts)
    {
        var answer = failure as AmazonServiceException;
        if (answer is not null && IsRefusal(answer))
            return OfRefusal(answer, key, attempts);
        if (failure is AmazonClientException && !IsTransient(failure))
            return new StorageException(
                StorageErrorCodes.Refused,
                "The request could not be made; are credentials given, or found by the SDK's chain? The cause is inside.",
                isTransient: false,
                failure
            )
            {
                Attempts = attempts,
            };
        return new StorageUnavailableException(Describe(failure, answer, attempts), failure)
        {
            S3Code = answer?.ErrorCode,
            StatusCode = StatusOf(answer),
            RequestId = Text(answer?.RequestId),
            Attempts = attempts,
            RetryAfter = S3FailureClassifier.Instance.GetRetryAfter(failure),
        };
    }

    /// <summary>What the failure of a request about an upload in parts means: what the store does not have is then not an object, but the upload.</summary>
    internal static StorageException OfUpload(StorageException failure) =>
        failure is ObjectNotFoundException
            ? new StorageException(
                StorageErrorCodes.UploadNotFound,
                "The store has no such upload: it was aborted or swept, or its object was replaced.",
                isTransient: false,
                failure
            )
            {
                S3Code = failure.S3Code,
                StatusCode = failure.StatusCode,
                RequestId = failure.RequestId,
                Attempts = failure.Attempts,
            }
            : failure;

    private static StorageException OfRefusal(AmazonServiceException answer, ObjectKey key, int attempts)
    {
        var (code, status, request) = (Text(answer.ErrorCode), StatusOf(answer), Text(answer.RequestId));
        if (IsAbsence(answer) && key != default)
            return new ObjectNotFoundException(key, answer)
            {
                S3Code = code,
                StatusCode = status,
                RequestId = request,
                Attempts = attempts,
            };
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed && key != default)
            return new PreconditionFailedException(key, answer)
            {
                S3Code = code,
                StatusCode = status,
                RequestId = request,
                Attempts = attempts,
            };
        return new StorageException(
            StorageErrorCodes.Refused,
            string.Create(CultureInfo.InvariantCulture, $"The store refused the request: {status} {code}. {Advice(answer)}").TrimEnd(),
            isTransient: false,
            answer
        )
        {
            S3Code = code,
            StatusCode = status,
            RequestId = request,
            Attempts = attempts,
        };
    }

    /// <summary>What to look at; empty where the code says it all.</summary>
    internal static string Advice(AmazonServiceException answer) =>
        answer.ErrorCode switch
        {
            "InvalidAccessKeyId" => "Check AccessKey: the store does not know it.",
            "SignatureDoesNotMatch" => "Check SecretKey: it does not belong to AccessKey.",
            "ExpiredToken" or "InvalidToken" => "The session token is not valid any more.",
            "RequestTimeTooSkewed" => "The clocks of this machine and of the store are too far apart.",
            "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "IllegalLocationConstraintException" =>
                "Check Region and ServiceUrl: the bucket is in another region.",
            S3AnswerCodes.NoSuchBucket => "Check Bucket: the store has none of this name.",
            "AccessDenied" => "The key has no right to do this in this bucket.",
            _ when (int)answer.StatusCode is >= 300 and < 400 => "Check Region and ServiceUrl: the store points elsewhere.",
            _ => string.Empty,
        };

    private static bool IsTransient(Exception failure) =>
        S3FailureClassifier.Instance.Classify(failure, default) is not (FailureDisposition.Permanent or FailureDisposition.Ignore);

    // Names the kind of failure only: texts of the network can hold addresses, and the cause is inside for who may see it.
    private static string Describe(Exception failure, AmazonServiceException? answer, int attempts) =>
        failure switch
        {
            CircuitOpenException => "The store is not asked for now: the circuit breaker is open.",
            _ when answer is not null => string.Create(
                CultureInfo.InvariantCulture,
                $"The store answers {(int)answer.StatusCode} {answer.ErrorCode} after {attempts} attempt(s)."
            ),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"The store cannot be reached or does not answer in time after {attempts} attempt(s) ({failure.GetType().Name})."
            ),
        };

    private static int? StatusOf(AmazonServiceException? answer) =>
        answer is null || answer.StatusCode == default ? null : (int)answer.StatusCode;

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
