using System.Net;
using LedgerLift.Resilience;

namespace UploadClient;

/// <summary>Which failures of a call are worth another try.</summary>
internal sealed class HostFailures : IFailureClassifier
{
    public FailureDisposition Classify(Exception failure, CancellationToken callerToken) =>
        failure switch
        {
            OperationCanceledException when callerToken.IsCancellationRequested => FailureDisposition.Ignore,
            HostRefusedException { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } =>
                FailureDisposition.Throttled,
            HostRefusedException { IsTransient: false } => FailureDisposition.Permanent,
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
                FailureDisposition.NotExecuted,
            CircuitOpenException => FailureDisposition.NotExecuted,
            _ => FailureDisposition.Ambiguous,
        };

    public TimeSpan? GetRetryAfter(Exception failure) => (failure as HostRefusedException)?.RetryAfter;
}
