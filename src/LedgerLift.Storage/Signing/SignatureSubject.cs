using System.Runtime.InteropServices;

namespace LedgerLift.Storage;

/// <summary>What is signed: a method on an object, or on a part of one, with headers.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Endpoint">Where it goes.</param>
/// <param name="Key">The object's key, not encoded; empty for the bucket itself.</param>
/// <param name="Headers">What is signed beside the host.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SignatureSubject(string Method, S3Endpoint Endpoint, string Key, SignedHeaders Headers)
{
    /// <summary>The upload that a part belongs to; null for a whole object.</summary>
    public string? UploadId { get; init; }

    /// <summary>The part's number; only with <see cref="UploadId"/>.</summary>
    public int PartNumber { get; init; }

    /// <summary>The query that is not the signature's, sorted as signatures want it; nothing for a whole object.</summary>
    public void WriteQuery(ref Utf8Text text)
    {
        if (UploadId is null)
            return;
        text.Append("partNumber="u8);
        text.Append(PartNumber);
        text.Append("&uploadId="u8);
        text.AppendEncoded(UploadId, keepSlash: false);
    }
}
