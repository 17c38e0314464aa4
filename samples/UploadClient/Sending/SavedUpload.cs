namespace UploadClient;

/// <summary>An upload in parts that was begun: enough to go on with it, no secret.</summary>
internal sealed record SavedUpload(string UploadId, string Key, long PartSize, int PartCount, string Sha256, DateTimeOffset ExpiresAt);
