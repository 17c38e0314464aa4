using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth.Redis;

/// <summary>What stands for a jti in keys and sets: the first 192 bits of its SHA-256.</summary>
/// <remarks>
/// The jti is a secret, and keys show up where secrets must not: in the client's exceptions, in SLOWLOG and MONITOR. Its hash is of fixed length and
/// of harmless characters, whatever the jti holds. A jti itself stands only in the record that the hash leads to.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenHash(ulong First, ulong Second, ulong Third)
{
    internal const int Length = 3 * sizeof(ulong);

    /// <summary>The hash of a jti that can be stored.</summary>
    internal static TokenHash Of(string jti)
    {
        Span<byte> utf8 = stackalloc byte[StoredToken.MaxIdBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(jti, utf8)], hash);
        return Read(hash);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote: 24 bytes, or the first 24 of more.</summary>
    internal static TokenHash Read(ReadOnlySpan<byte> bytes) =>
        new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[(2 * sizeof(ulong))..])
        );

    internal void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(2 * sizeof(ulong))..], Third);
    }

    internal byte[] ToBytes()
    {
        var bytes = new byte[Length];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>32 letters, digits, dashes and underscores.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        WriteTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
