using System.Security.Cryptography;

namespace UploadClient;

/// <summary>The hashes that bind an announcement to a file.</summary>
internal sealed record FileHashes(string Sha256, string Md5)
{
    /// <summary>Reads the file once for both.</summary>
    public static async Task<FileHashes> OfAsync(FileInfo file, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5351 // Content-MD5 is what S3 stores check a body with; the SHA-256 beside it is what counts.
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        await using var content = file.OpenRead();
        var buffer = new byte[1 << 20];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            sha256.AppendData(buffer.AsSpan(0, read));
            md5.AppendData(buffer.AsSpan(0, read));
        }

        return new FileHashes(Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()));
    }
}
