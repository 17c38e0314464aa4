using LedgerLift.Resilience;

namespace LedgerLift.Auth.Redis;

/// <summary>Tells the resilience policy what a failure means.</summary>
internal sealed class RedisFailureClassifier : IFailureClassifier
{
    internal static readonly RedisFailureClassifier Instance = new();

    public FailureDisposition Classify(Exception failure, CancellationToken callerToken) =>
        failure switch
        {
            OperationCanceledException when callerToken.IsCancellationRequested => FailureDisposition.Ignore,
            ArgumentException => FailureDisposition.Ignore,
            // The server answered, and the answer is no.
            TokenStoreException => FailureDisposition.Permanent,
            CircuitOpenException => FailureDisposition.NotExecuted,
            _ => RedisErrors.Judge(failure),
        };

    public TimeSpan? GetRetryAfter(Exception failure) => DefaultFailureClassifier.Instance.GetRetryAfter(failure);
}
