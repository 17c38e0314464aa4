namespace LedgerLift.Storage;

/// <summary>The values of <see cref="UploadFault.Code"/>. Constants, stable across versions.</summary>
public static class UploadFaultCodes
{
    /// <summary>The file name is missing, or holds what a file name must not hold.</summary>
    public const string FileNameInvalid = "file_name_invalid";

    /// <summary>The file name has too many bytes.</summary>
    public const string FileNameTooLong = "file_name_too_long";

    /// <summary>Files of this type are not taken.</summary>
    public const string ContentTypeNotAllowed = "content_type_not_allowed";

    /// <summary>The file name's ending does not belong to the type.</summary>
    public const string ExtensionMismatch = "extension_mismatch";

    /// <summary>The file is empty.</summary>
    public const string FileEmpty = "file_empty";

    /// <summary>The file has too many bytes.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>The content is not of the declared type.</summary>
    public const string ContentMismatch = "content_mismatch";
}
