using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Storage;

/// <summary>
/// An object's content. When the connection breaks or stands still, it goes on from where it was, of the same version of the object; a few times in a row,
/// then it fails. Ends only where the object ends. One thread at a time, as streams are.
/// </summary>
internal sealed class ObjectReadStream(ObjectDownload download, DownloadPart first, ILogger logger) : Stream
{
    [SuppressMessage("Usage", "CA2213", Justification = "Disposed by exchange, so that reopening and disposal cannot both hold it.")]
    private DownloadPart? _part = first;
    private long _position;
    private int _failuresInARow;

    public override bool CanRead => _part is not null;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => download.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("The content is read from its beginning to its end.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_part is null, this);
        if (buffer.IsEmpty || _position == download.Length)
            return 0;
        while (true)
        {
            try
            {
                var read = await _part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                (_position, _failuresInARow) = (_position + read, 0);
                return read;
            }
            catch (Exception failure) when (ObjectDownload.IsBroken(failure, cancellationToken))
            {
                await ReopenAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw AsynchronousOnly();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The content cannot be sought in.");

    public override void SetLength(long value) => throw new NotSupportedException("The content can only be read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content can only be read.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Interlocked.Exchange(ref _part, value: null)?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask ReopenAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (++_failuresInARow > download.MostResumptions)
            throw StorageFailure.Translate(failure, download.Key, _failuresInARow);
        Log.DownloadResumed(logger, _position, failure);
        var next = await download.OpenAsync(_position, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _part, next)?.Dispose();
    }

    private static NotSupportedException AsynchronousOnly() => new("The content comes over the network: read it asynchronously.");
}
