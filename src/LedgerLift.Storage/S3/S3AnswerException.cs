using System.Diagnostics.CodeAnalysis;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace LedgerLift.Storage;

/// <summary>A refusal of a request that we sent ourselves.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only an answer makes it.")]
[SuppressMessage("Design", "CA1064", Justification = "Callers get a StorageException with this inside, which they may treat as the SDK's.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Only an answer makes it.")]
internal sealed class S3AnswerException(string message, ErrorType type, string code, string? requestId, HttpStatusCode status)
    : AmazonS3Exception(message, type, code, requestId ?? string.Empty, status)
{
    /// <summary>How long the store asks to be left alone; null when it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
