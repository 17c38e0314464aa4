using System.Net;

namespace LedgerLift.Storage;

/// <summary>A body that lies in memory, in one or several pieces, sent without a copy and in slices small enough to see whether it moves.</summary>
internal sealed class BodyContent(UploadBody body, StoreTally tally, TransferWatch watch) : HttpContent
{
    private const int Slice = 256 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in body.Pieces)
        {
            for (var rest = piece; !rest.IsEmpty; )
            {
                var slice = rest[..Math.Min(rest.Length, Slice)];
                await stream.WriteAsync(slice, cancellationToken).ConfigureAwait(false);
                watch.Beat();
                tally.Sent(slice.Length);
                rest = rest[slice.Length..];
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
