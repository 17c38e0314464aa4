using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>An id as a value of fixed size: its bytes and their number, or the hash of a long one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReplayId(ulong First, ulong Second, ulong Third, ulong Fourth, int Length)
{
    private const int Bytes = 32;

    internal static ReplayId Of(ReadOnlySpan<byte> id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Clear();
        if (id.Length <= Bytes)
            id.CopyTo(bytes);
        else
            SHA256.HashData(id, bytes);
        return new ReplayId(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            Math.Min(id.Length, Bytes + 1)
        );
    }

    // Seeded by the process, unlike the record's own.
    public override int GetHashCode() => HashCode.Combine(First, Second, Third, Fourth, Length);
}
