using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>Hashes a stream once, in bounded memory.</summary>
internal static class StreamHashing
{
    private const int BufferBytes = 128 * 1024;

    internal static async ValueTask<(string Sha256Hex, string Md5Hex)> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hashes = new ContentHashes();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
                hashes.Append(buffer.AsSpan(0, read));
            return hashes.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
