using Microsoft.Win32.SafeHandles;

namespace LedgerLift.Storage;

/// <summary>The content of an object's file, without the record behind it. Reads a file that was opened once, so a later overwrite or delete does not change it.</summary>
internal sealed class ObjectContentStream(SafeFileHandle file, long length, StoreTally tally) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer) => Advance(RandomAccess.Read(file, buffer[..Room(buffer.Length)], Position));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Advance(await RandomAccess.ReadAsync(file, buffer[..Room(buffer.Length)], Position, cancellationToken).ConfigureAwait(false));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => Position,
                SeekOrigin.End => length,
                _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Give Begin, Current or End."),
            };

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("An object's content cannot be changed.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An object's content cannot be changed.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private int Room(int asked) => (int)Math.Clamp(length - Position, 0, asked);

    private int Advance(int read)
    {
        Position += read;
        tally.Received(read);
        return read;
    }
}
