using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>What one request carries: bytes in memory, and their SHA-256, which the signature binds and the store checks.</summary>
/// <param name="pieces">The bytes, in order.</param>
/// <param name="sha256Hex">Their hash, 64 lower-case hex digits.</param>
internal sealed class UploadBody(IReadOnlyList<ReadOnlyMemory<byte>> pieces, string sha256Hex)
{
    /// <summary>One piece that nobody has hashed yet.</summary>
    internal UploadBody(ReadOnlyMemory<byte> piece)
        : this([piece], Hash(piece.Span)) { }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Pieces => pieces;

    internal long Length { get; } = pieces.Sum(static piece => (long)piece.Length);

    /// <summary>64 lower-case hex digits.</summary>
    internal string Sha256Hex => sha256Hex;

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}
