using System.Diagnostics.CodeAnalysis;
using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage;

/// <summary>Reads what the SDK says about an object.</summary>
internal static class HeadReading
{
    private const string Prefix = "x-amz-meta-";

    internal static ObjectHead Read(ObjectKey key, GetObjectMetadataResponse head, ObjectStoreProvider provider)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        string? token = null;
        foreach (var header in head.Metadata.Keys)
        {
            var name = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : header;
            if (string.Equals(name, UploadToken.MetadataName, StringComparison.OrdinalIgnoreCase))
                token = head.Metadata[header];
            else if (!name.StartsWith(ObjectMetadata.ReservedPrefix, StringComparison.OrdinalIgnoreCase))
                metadata[LowerCase(name)] = head.Metadata[header];
        }

        var stored = new StoredObject(
            key,
            head.ContentLength,
            string.IsNullOrEmpty(head.Headers.ContentType) ? null : head.Headers.ContentType,
            Sha256Of(head, provider),
            string.IsNullOrEmpty(head.ETag) ? null : head.ETag,
            Instant(head.LastModified)
        )
        {
            Metadata = metadata.Count == 0 ? ObjectMetadata.None : metadata,
        };
        return new ObjectHead(stored, token);
    }

    internal static StoredObject Read(S3Object listed) =>
        new(
            ObjectKey.Parse(listed.Key),
            listed.Size ?? 0,
            ContentType: null,
            Sha256Hex: null,
            string.IsNullOrEmpty(listed.ETag) ? null : listed.ETag,
            Instant(listed.LastModified)
        );

    internal static DateTimeOffset Instant(DateTime? value) =>
        value is { } time ? new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero) : DateTimeOffset.UnixEpoch;

    [SuppressMessage("Globalization", "CA1308", Justification = "Names of metadata are in lower case here.")]
    private static string LowerCase(string name) => name.ToLowerInvariant();

    // AWS computed it over the whole object before it took it. Other servers may echo whatever the client sent.
    private static string? Sha256Of(GetObjectMetadataResponse head, ObjectStoreProvider provider)
    {
        if (
            provider != ObjectStoreProvider.Aws
            || string.IsNullOrEmpty(head.ChecksumSHA256)
            || head.ChecksumType != ChecksumType.FULL_OBJECT
        )
            return null;
        Span<byte> hash = stackalloc byte[64];
        return Convert.TryFromBase64String(head.ChecksumSHA256, hash, out var length) && length == 32
            ? Convert.ToHexStringLower(hash[..length])
            : null;
    }
}
