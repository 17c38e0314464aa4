namespace LedgerLift.Storage;

/// <summary>One answer's body. Fails when nothing comes for a while, counted only while somebody waits for it.</summary>
internal sealed class DownloadPart(HttpResponseMessage response, Stream body, StorageOptions options, StoreTally tally, TimeProvider time)
    : IDisposable
{
    internal async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.TransferStallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var read = await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException("The body ended before the object did.");
            tally.Received(read);
            return read;
        }
        catch (OperationCanceledException ended) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No byte came for TransferStallTimeout ({options.TransferStallTimeout:c}).", ended);
        }
    }

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }
}
