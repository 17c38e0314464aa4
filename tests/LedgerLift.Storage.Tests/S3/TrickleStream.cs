namespace LedgerLift.Storage.Tests;

/// <summary>A source that cannot seek, gives odd amounts, and may fail on the way.</summary>
internal sealed class TrickleStream(byte[] content, long failAt = long.MaxValue) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= failAt)
            throw new InvalidDataException("the source");
        var count = Math.Min(Math.Min(buffer.Length, 77_777), content.Length - _position);
        content.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return new(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
