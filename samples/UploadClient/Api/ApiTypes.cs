namespace UploadClient;

internal sealed record TokenRequest(string UserId);

internal sealed record TokenAnswer(string Jti, string UserId, DateTimeOffset ExpiresAt);

internal sealed record PresignRequest(string FileName, string ContentType, long FileSize, string Sha256, string? Md5);

internal sealed record PresignAnswer(string Key, Uri Url, string Method, Dictionary<string, string> Headers, DateTimeOffset ExpiresAt);

internal sealed record MultipartAnswer(string UploadId, string Key, long PartSize, int PartCount, DateTimeOffset ExpiresAt);

internal sealed record PartAnswer(Uri Url, string Method, Dictionary<string, string> Headers);

internal sealed record PartList(List<PartItem> Parts);

internal sealed record PartItem(int Number, long Length);

internal sealed record CompletedAnswer(string Key, long Length);

internal sealed record RegisterRequest(string Key, string? DocumentDate);

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

internal sealed record DocumentList(List<DocumentAnswer> Items, string? NextCursor);

internal sealed record EventAnswer(Guid Id, string EventType, string? Message, string? RequestId, DateTimeOffset CreatedAt);

internal sealed record EventList(List<EventAnswer> Items, string? NextCursor);

internal sealed record RevokeAllAnswer(int Revoked);

internal sealed record WebhookRequest(string DocumentId, string Status, string? Message);

internal sealed record WebhookAnswer(string DocumentId, string Status);

internal sealed record Problem(
    string? Code,
    string? Title,
    string? Detail,
    string? RequestId,
    List<ProblemField>? Errors,
    List<ProblemDifference>? Differences
);

internal sealed record ProblemField(string Field, string Code, string Message);

internal sealed record ProblemDifference(string Field, string Announced, string Found);

internal sealed record UploadReport(string File, bool Uploaded, DocumentAnswer? Document, string? Error);

internal sealed record DocumentReport(DocumentAnswer Document, List<EventAnswer> Events);
