namespace LedgerLift.Storage;

/// <summary>The names in a signed request of the file-system store.</summary>
internal static class SignedNames
{
    internal const string Key = "ll-key";
    internal const string Expires = "ll-expires";
    internal const string Headers = "ll-headers";
    internal const string Upload = "ll-upload";
    internal const string Part = "ll-part";
    internal const string Length = "ll-length";

    internal const string HeaderPrefix = "x-ll-";
    internal const string Sha256 = "x-ll-sha256";
    internal const string Md5 = "x-ll-md5";
    internal const string MetadataPrefix = "x-ll-meta-";
    internal const string ContentType = "content-type";
    internal const string ContentLength = "content-length";
    internal const string IfNoneMatch = "if-none-match";

    internal const string FormContentType = "Content-Type";
    internal const string FormFile = "file";
}
