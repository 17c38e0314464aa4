using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LedgerLift.Auditing;

/// <summary>SHA-256 over a few parts without allocation.</summary>
internal static class Sha256Hash
{
    private const int OnStack = 1024;

    internal static AuditHash Of(ReadOnlySpan<byte> bytes)
    {
        AuditHash hash = default;
        SHA256.HashData(bytes, MemoryMarshal.AsBytes(new Span<AuditHash>(ref hash)));
        return hash;
    }

    /// <summary>The hash of three parts as if they stood in one piece.</summary>
    internal static AuditHash Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        var length = first.Length + second.Length + third.Length;
        if (length > OnStack)
            return OfLong(first, second, third);
        Span<byte> bytes = stackalloc byte[length];
        first.CopyTo(bytes);
        second.CopyTo(bytes[first.Length..]);
        third.CopyTo(bytes[(first.Length + second.Length)..]);
        return Of(bytes);
    }

    private static AuditHash OfLong(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(third);
        AuditHash result = default;
        hash.GetHashAndReset(MemoryMarshal.AsBytes(new Span<AuditHash>(ref result)));
        return result;
    }
}
