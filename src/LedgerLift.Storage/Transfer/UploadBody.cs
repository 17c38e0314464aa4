using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>What one request carries: bytes in memory, and their SHA-256, which the signature binds and the store checks.</summary>
internal sealed class UploadBody
{
    internal UploadBody(params IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        Pieces = pieces;
        Length = pieces.Sum(static piece => (long)piece.Length);
        Sha256Hex = pieces.Count == 1 ? Hash(pieces[0].Span) : Hash(pieces);
    }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Pieces { get; }

    internal long Length { get; }

    /// <summary>64 lower-case hex digits.</summary>
    internal string Sha256Hex { get; }

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static string Hash(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in pieces)
            hash.AppendData(piece.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
