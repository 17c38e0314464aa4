using System.Security.Cryptography;

namespace UploadHost;

/// <summary>The SHA-256 of content whose beginning was read already.</summary>
internal static class ContentHash
{
    /// <returns>Lower-case hex.</returns>
    public static async Task<string> OfAsync(ReadOnlyMemory<byte> head, Stream rest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head.Span);
        var buffer = new byte[1 << 16];
        while (await rest.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            hash.AppendData(buffer.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
