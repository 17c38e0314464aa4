using Microsoft.Extensions.Logging;

namespace DocumentPipeline;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Information, "Document {DocumentId} is completed with {Artifacts} artifacts, try {Attempt}.")]
    public static partial void Completed(ILogger logger, Guid documentId, int artifacts, int attempt);

    [LoggerMessage(9002, LogLevel.Warning, "Document {DocumentId} failed: {Reason}")]
    public static partial void Failed(ILogger logger, Guid documentId, string reason, Exception? exception);

    [LoggerMessage(9003, LogLevel.Warning, "Document {DocumentId}, try {Attempt}, is tried again in {Seconds} s.")]
    public static partial void TriedAgain(ILogger logger, Guid documentId, int attempt, double seconds, Exception? exception);

    [LoggerMessage(9004, LogLevel.Warning, "Document {DocumentId} went to another worker: the lease was lost.")]
    public static partial void LeaseLost(ILogger logger, Guid documentId);

    [LoggerMessage(9005, LogLevel.Warning, "The queue could not be asked; the next try is in {Seconds} s.")]
    public static partial void QueueUnavailable(ILogger logger, double seconds, Exception exception);

    [LoggerMessage(9006, LogLevel.Warning, "An object that nobody owns could not be removed now; it stays on the list.")]
    public static partial void RemovalDelayed(ILogger logger, Exception exception);

    [LoggerMessage(9007, LogLevel.Warning, "The tables of the audit trail could not be made yet; it is tried again.")]
    public static partial void TrailSchemaDelayed(ILogger logger, Exception exception);
}
