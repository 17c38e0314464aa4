using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The form of a record in a spill segment: length, CRC-32C of the payload, payload; numbers little-endian. Pure.</summary>
internal static class SpillRecord
{
    internal const int HeaderLength = 8;

    internal static void Append(IBufferWriter<byte> target, ReadOnlySpan<byte> payload)
    {
        var span = target.GetSpan(HeaderLength + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(payload));
        payload.CopyTo(span[HeaderLength..]);
        target.Advance(HeaderLength + payload.Length);
    }

    /// <summary>Reads the record at the beginning; false when it is cut off or damaged.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> source, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (source.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(source.Span);
        if (length <= 0 || length > source.Length - HeaderLength)
            return false;
        payload = source.Slice(HeaderLength, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(source.Span[4..]) == Checksum(payload.Span);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
