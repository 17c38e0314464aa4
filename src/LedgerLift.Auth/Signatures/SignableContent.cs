using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>Reads a request's content before it is sent, and leaves it as if nobody had.</summary>
internal static class SignableContent
{
    private const int ChunkBytes = 64 * 1024;

    // Where the content's stream stood when it was first seen: after a try it stands at its end.
    private static readonly ConditionalWeakTable<HttpContent, StrongBox<long>> Starts = [];

    internal static async ValueTask AppendAsync(
        HttpContent? content,
        IncrementalHash hash,
        long maxBufferedBytes,
        CancellationToken cancellationToken
    )
    {
        if (content is null)
            return;
        var stream = content is StreamContent ? await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false) : null;
        if (stream is not { CanSeek: true })
        {
            await BufferAsync(content, maxBufferedBytes, cancellationToken).ConfigureAwait(false);
            var sink = new HashSink(hash);
            await using (sink.ConfigureAwait(false))
                await content.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
            return;
        }

        var start = Starts.GetValue(content, _ => new StrongBox<long>(stream.Position)).Value;
        stream.Position = start;
        await AppendAsync(stream, hash, cancellationToken).ConfigureAwait(false);
        stream.Position = start;
    }

    private static async ValueTask BufferAsync(HttpContent content, long maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            throw TooLarge(maxBytes, cause: null);
        try
        {
            await content.LoadIntoBufferAsync(maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw TooLarge(maxBytes, exception);
        }
    }

    private static InvalidOperationException TooLarge(long maxBytes, Exception? cause) =>
        new(
            $"The content cannot be rewound and is longer than MaxBodyBytes ({maxBytes}); send it from a stream that can seek, or raise the limit.",
            cause
        );

    private static async ValueTask AppendAsync(Stream stream, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
                hash.AppendData(chunk.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
