using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Makes the signed requests of the file-system store. No I/O; thread-safe.</summary>
internal sealed class FilePresigner(UrlSigner signer, FileSystemStorageOptions options, TimeProvider time)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = ObjectMetadata.None;

    internal PresignedUpload Put(UploadIntent intent)
    {
        var expiresAt = ExpiresAt(intent);
        var headers = HeadersOf(intent);
        var query = QueryOf(intent.Key, expiresAt, headers);
        return new PresignedUpload(signer.Sign("PUT", query, Lower(headers)), "PUT", headers, Nothing, expiresAt);
    }

    internal PresignedUpload Post(UploadIntent intent)
    {
        var expiresAt = ExpiresAt(intent);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SignedNames.Key] = intent.Key.Value,
            [SignedNames.Expires] = Text(expiresAt.ToUnixTimeMilliseconds()),
            [SignedNames.Length] = Text(intent.Length),
            [SignedNames.FormContentType] = intent.ContentType,
        };
        AddBound(fields, intent);
        if (intent.CreateOnly)
            fields[SignedNames.IfNoneMatch] = "*";
        fields[UrlSigner.SignatureName] = signer.Compute("POST", fields, Nothing);
        return new PresignedUpload(signer.BaseUrl, "POST", Nothing, fields, expiresAt);
    }

    internal Uri Get(ObjectKey key, TimeSpan? expiry)
    {
        var expiresAt = time.GetUtcNow() + UploadRules.Expiry(expiry, options.PresignExpiry, nameof(expiry));
        return signer.Sign("GET", QueryOf(key, expiresAt, Nothing), Nothing);
    }

    internal PresignedUpload Part(MultipartUpload upload, int partNumber, long length)
    {
        var expiresAt = time.GetUtcNow() + options.PresignExpiry;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Length"] = Text(length) };
        var query = QueryOf(upload.Key, expiresAt, headers);
        query[SignedNames.Upload] = upload.UploadId;
        query[SignedNames.Part] = Text(partNumber);
        return new PresignedUpload(signer.Sign("PUT", query, Lower(headers)), "PUT", headers, Nothing, expiresAt);
    }

    private DateTimeOffset ExpiresAt(UploadIntent intent)
    {
        UploadRules.ThrowIfTooLong(intent.Length, options.MaxObjectBytes, nameof(intent));
        var expiresAt = time.GetUtcNow() + UploadRules.Expiry(intent.Expiry, options.PresignExpiry, nameof(intent));
        return DateTimeOffset.FromUnixTimeMilliseconds(expiresAt.ToUnixTimeMilliseconds());
    }

    private static Dictionary<string, string> HeadersOf(UploadIntent intent)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Length"] = Text(intent.Length),
            ["Content-Type"] = intent.ContentType,
        };
        if (intent.CreateOnly)
            headers["If-None-Match"] = "*";
        AddBound(headers, intent);
        return headers;
    }

    private static void AddBound(Dictionary<string, string> pairs, UploadIntent intent)
    {
        if (intent.Sha256Hex is { } sha256)
            pairs[SignedNames.Sha256] = sha256;
        if (intent.Md5Hex is { } md5)
            pairs[SignedNames.Md5] = md5;
        foreach (var (name, value) in intent.Metadata)
            pairs[SignedNames.MetadataPrefix + name] = value;
    }

    private static SortedDictionary<string, string> QueryOf(
        ObjectKey key,
        DateTimeOffset expiresAt,
        IReadOnlyDictionary<string, string> headers
    ) =>
        new(StringComparer.Ordinal)
        {
            [SignedNames.Key] = UploadRules.Key(key, nameof(key)).Value,
            [SignedNames.Expires] = Text(expiresAt.ToUnixTimeMilliseconds()),
            [SignedNames.Headers] = string.Join(';', Lower(headers).Keys),
        };

    private static SortedDictionary<string, string> Lower(IReadOnlyDictionary<string, string> headers)
    {
        var lower = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
#pragma warning disable CA1308 // Header names are lower case in signatures.
            lower[name.ToLowerInvariant()] = value;
#pragma warning restore CA1308
        return lower;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
