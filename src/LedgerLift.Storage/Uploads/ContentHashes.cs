using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>SHA-256 and MD5 of a content as it passes. Not thread-safe.</summary>
internal sealed class ContentHashes : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    [SuppressMessage("Security", "CA5351", Justification = "MD5 is what S3 calls Content-MD5 and ETag; SHA-256 stands beside it.")]
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _md5.AppendData(bytes);
    }

    /// <summary>The hashes of all that was appended, in lower-case hex; begins anew.</summary>
    internal (string Sha256Hex, string Md5Hex) Finish() =>
        (Convert.ToHexStringLower(_sha256.GetHashAndReset()), Convert.ToHexStringLower(_md5.GetHashAndReset()));

    public void Dispose()
    {
        _sha256.Dispose();
        _md5.Dispose();
    }
}
