using System.Net;

namespace UploadClient;

/// <summary>A part of a file as the body of a request; says how far it got.</summary>
internal sealed class FileSlice(FileInfo file, long offset, long size, Action<long> sent) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var content = file.OpenRead();
        content.Seek(offset, SeekOrigin.Begin);
        var buffer = new byte[1 << 16];
        for (var left = size; left > 0; )
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                throw new IOException($"{file.Name} became shorter while it was sent.");
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
            sent(read);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }
}
