using System.IO.Pipelines;

namespace LedgerLift.Auth.Tests;

/// <summary>A body that arrives in pieces, as from a network, and tells how much of it was asked for.</summary>
internal sealed class ChunkedBody : Stream
{
    private readonly byte[] _body;
    private readonly int _chunk;

    public ChunkedBody(byte[] body, int chunk)
    {
        _body = body;
        _chunk = chunk;
        Reader = PipeReader.Create(this, new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 1));
    }

    public PipeReader Reader { get; }

    public int Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Given;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(_chunk, buffer.Length), _body.Length - Given);
        _body.AsMemory(Given, count).CopyTo(buffer);
        Given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
