namespace LedgerLift.AspNetCore.Tests;

/// <summary>As many bytes as wanted, none of them kept; each is its place modulo 251. Can be read again from the start.</summary>
internal sealed class CountingStream(long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => length < long.MaxValue;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <summary>The place whose byte is wrong; -1 for none.</summary>
    public long WrongAt { get; set; } = -1;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - Position);
        for (var i = 0; i < count; i++)
            buffer[i] = (byte)((Position + i) % 251);
        if (WrongAt >= Position && WrongAt < Position + count)
            buffer[(int)(WrongAt - Position)] ^= 1;
        Position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
