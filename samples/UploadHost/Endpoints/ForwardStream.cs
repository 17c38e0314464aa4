namespace UploadHost;

/// <summary>A stream of known length that can skip ahead, which is all that a range of it needs.</summary>
internal sealed class ForwardStream(Stream inner, long length) : Stream
{
    private long _read;
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => length + offset,
        };
        if (target < _read)
            throw new NotSupportedException("The stream goes forward only.");
        return _position = target;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await SkipAsync(cancellationToken);
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        _position = _read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        if (_read == _position)
            return;
        var buffer = new byte[1 << 16];
        while (_read < _position)
        {
            var wanted = (int)Math.Min(buffer.Length, _position - _read);
            var read = await inner.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
                throw new EndOfStreamException("The stored object is shorter than it was.");
            _read += read;
        }
    }
}
