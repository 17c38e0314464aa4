using System.Buffers;

namespace LedgerLift.Testing;

/// <summary>Bytes on their way through the proxy; an empty one is the sender's end.</summary>
/// <param name="Buffer">From the shared pool.</param>
/// <param name="Length">How much of the buffer counts.</param>
/// <param name="ReceivedAt">The timestamp of their arrival.</param>
/// <param name="Withheld">They arrived after a rule began to withhold: they belong to the reply that must not be delivered.</param>
internal readonly record struct Chunk(byte[] Buffer, int Length, long ReceivedAt, bool Withheld)
{
    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}
