using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>Copies a caller's stream into a file: bounded in memory and in length.</summary>
internal static class SourceReader
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Copies to the end of the stream, or to one read beyond <paramref name="limit"/>: then <see cref="ObjectFileWriter.Length"/> is above it.</summary>
    internal static async ValueTask CopyAsync(
        Stream source,
        ObjectFileWriter writer,
        long limit,
        Action<long> onBytes,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (writer.Length <= limit)
            {
                var read = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return;
                await writer.AppendAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                onBytes(writer.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SourceStreamException(failure);
        }
    }
}
