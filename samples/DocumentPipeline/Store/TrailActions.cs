namespace DocumentPipeline;

/// <summary>What the trail calls things.</summary>
public static class TrailActions
{
    public const string Announced = "upload.announced";
    public const string Cancelled = "upload.cancelled";
    public const string Expired = "upload.expired";
    public const string Deleted = "document.deleted";
    public const string TakenOver = "document.taken_over";
    public const string TokenIssued = "token.issued";
    public const string TokenRevoked = "token.revoked";
    public const string UserRevoked = "token.user_revoked";
    public const string DocumentType = "document";
    public const string UploadType = "upload";
    public const string TokenType = "token";
    public const string UserType = "user";

    /// <summary>The entry of a document that reached a status.</summary>
    public static string Reached(DocumentStatus status) => $"document.{StatusNames.Of(status)}";
}
