using System.Collections.Frozen;

namespace LedgerLift.Storage;

/// <summary>The error codes of S3 that decide something ("Error responses", Amazon S3 API reference), by what they mean here.</summary>
internal static class S3AnswerCodes
{
    internal const string NoSuchBucket = "NoSuchBucket";

    private static readonly FrozenSet<string> Throttling = FrozenSet.ToFrozenSet(
        [
            "SlowDown",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "BandwidthLimitExceeded",
            "Busy",
        ],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> Unclear = FrozenSet.ToFrozenSet(
        ["InternalError", "InternalFailure", "RequestTimeout", "RequestTimeoutException", "IncompleteBody"],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> WorthAnother = FrozenSet.ToFrozenSet(
        ["ConditionalRequestConflict", "OperationAborted", "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"],
        StringComparer.Ordinal
    );

    /// <summary>The store has too much to do.</summary>
    internal static bool IsThrottling(string code) => Throttling.Contains(code);

    /// <summary>The store, or the way to it, broke in the middle, whatever the status says.</summary>
    internal static bool IsUnclear(string code) => Unclear.Contains(code);

    /// <summary>
    /// A refusal that the next try need not meet: another writer was at work, or the body was damaged on its way. The store is well, so the circuit breaker is
    /// not told.
    /// </summary>
    internal static bool IsWorthAnother(string code) => WorthAnother.Contains(code);
}
