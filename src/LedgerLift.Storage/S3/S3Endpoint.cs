namespace LedgerLift.Storage;

/// <summary>Where the bucket answers.</summary>
/// <param name="Origin">Scheme and authority: <c>https://host:port</c>.</param>
/// <param name="Authority">The value of the header <c>Host</c>.</param>
/// <param name="BasePath">What stands before the key, with slashes at both ends; encoded.</param>
internal sealed record S3Endpoint(string Origin, string Authority, string BasePath)
{
    /// <summary>Takes the bucket's URL apart.</summary>
    internal static S3Endpoint Of(Uri bucketUrl)
    {
        var path = bucketUrl.AbsolutePath;
        return new(bucketUrl.GetLeftPart(UriPartial.Authority), bucketUrl.Authority, path.EndsWith('/') ? path : path + "/");
    }

    /// <summary>The object's path, encoded as it is both sent and signed.</summary>
    internal void WritePath(ref Utf8Text text, string key)
    {
        text.Append(BasePath);
        text.AppendEncoded(key, keepSlash: true);
    }
}
