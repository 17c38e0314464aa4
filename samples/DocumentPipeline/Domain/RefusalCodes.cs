namespace DocumentPipeline;

/// <summary>The codes of <see cref="RefusedException"/>; clients decide by them, so they stay.</summary>
public static class RefusalCodes
{
    public const string Malformed = "malformed_request";
    public const string NotFound = "not_found";
    public const string Duplicate = "duplicate_document";
    public const string IllegalTransition = "illegal_transition";
    public const string FileTooLarge = "file_too_large";
    public const string ValidationFailed = "validation_failed";
    public const string UploadMissing = "upload_missing";
    public const string UploadMismatch = "upload_mismatch";
}
