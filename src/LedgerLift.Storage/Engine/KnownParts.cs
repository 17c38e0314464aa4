using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>Parts that the store has from an earlier run, and how to tell that they hold the same bytes.</summary>
/// <param name="Listed">What the store lists, by number.</param>
/// <param name="Noted">What the checkpoint holds, by number.</param>
internal sealed record KnownParts(IReadOnlyDictionary<int, UploadedPart> Listed, IReadOnlyDictionary<int, UploadCheckpointPart> Noted)
{
    internal static KnownParts None { get; } = new(new Dictionary<int, UploadedPart>(), new Dictionary<int, UploadCheckpointPart>());

    /// <summary>The store's part, when it is certain that it holds these bytes.</summary>
    internal UploadedPart? Find(int number, UploadBody body)
    {
        if (!Listed.TryGetValue(number, out var listed) || listed.Length != body.Length)
            return null;
        if (Noted.TryGetValue(number, out var noted) && string.Equals(noted.ETag, listed.ETag, StringComparison.Ordinal))
            return string.Equals(noted.Sha256Hex, body.Sha256Hex, StringComparison.Ordinal) ? listed : null;
        // Acknowledged, and not noted any more before the process died: the entity tag of a part is its MD5, or something that no MD5 equals.
        return string.Equals(listed.ETag.Trim('"'), Md5Hex(body), StringComparison.OrdinalIgnoreCase) ? listed : null;
    }

    [SuppressMessage(
        "Security",
        "CA5351",
        Justification = "S3 names parts by MD5; a part taken for another only costs the caller's own object."
    )]
    private static string Md5Hex(UploadBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var piece in body.Pieces)
            hash.AppendData(piece.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
