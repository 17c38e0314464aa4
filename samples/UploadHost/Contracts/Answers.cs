using System.Text.Json;

namespace UploadHost;

internal sealed record TokenAnswer(string Jti, string UserId, DateTimeOffset ExpiresAt);

internal sealed record RevokeAnswer(string Outcome);

internal sealed record RevokeAllAnswer(int Revoked);

internal sealed record PresignAnswer(
    string Key,
    Uri Url,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ExpiresAt,
    string? RequestId
);

internal sealed record MultipartAnswer(string UploadId, string Key, long PartSize, int PartCount, DateTimeOffset ExpiresAt);

internal sealed record PartAnswer(Uri Url, string Method, IReadOnlyDictionary<string, string> Headers);

internal sealed record PartListAnswer(IReadOnlyList<PartItem> Parts);

internal sealed record PartItem(int Number, long Length);

internal sealed record CompletedAnswer(string Key, long Length);

internal sealed record DocumentAnswer(
    Guid Id,
    string Key,
    string FileName,
    string ContentType,
    long FileSize,
    string Sha256,
    string Status,
    string? ErrorMessage,
    DateOnly? DocumentDate,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

internal sealed record DocumentListAnswer(IReadOnlyList<DocumentAnswer> Items, string? NextCursor);

internal sealed record EventAnswer(
    Guid Id,
    Guid DocumentId,
    string EventType,
    string? Message,
    JsonElement? Metadata,
    string? RequestId,
    DateTimeOffset CreatedAt
);

internal sealed record EventListAnswer(IReadOnlyList<EventAnswer> Items, string? NextCursor);

internal sealed record BoxAnswer(double X, double Y, double Width, double Height);

internal sealed record ArtifactAnswer(
    Guid Id,
    Guid DocumentId,
    int Page,
    string Type,
    string? ObjectKey,
    string Engine,
    double? Confidence,
    BoxAnswer? Box,
    JsonElement? Data,
    DateTimeOffset CreatedAt
);

internal sealed record ArtifactListAnswer(IReadOnlyList<ArtifactAnswer> Items, string? NextCursor);

internal sealed record StatisticsAnswer(IReadOnlyDictionary<string, long> Documents, long TotalBytes, long Artifacts);

internal sealed record WebhookAnswer(string DocumentId, string Status);

internal sealed record PageSettingsAnswer(bool SignIn, IReadOnlyList<string> Embedded, PageLimitsAnswer Limits);

internal sealed record PageLimitsAnswer(long MaxBytes, long MultipartBytes, IReadOnlyDictionary<string, string[]> Types);
