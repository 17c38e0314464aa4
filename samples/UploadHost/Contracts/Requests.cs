namespace UploadHost;

internal sealed record TokenRequest(string? UserId);

internal sealed record RevokeRequest(string? Jti);

internal sealed record PresignRequest(string? FileName, string? ContentType, long? FileSize, string? Sha256, string? Md5);

internal sealed record RegisterRequest(string? Key, string? DocumentDate);

internal sealed record WebhookRequest(string? DocumentId, string? Status, string? Message);
