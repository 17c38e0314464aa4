using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Sends the parts of one upload, several at once, each with its own retries; skips what the store has already. The first failure ends all.</summary>
internal sealed class PartSender(UploadServices services, UploadJob job, UploadInParts upload, KnownParts known, CheckpointKeeper keeper)
    : IDisposable
{
    // One buffer more than senders, so that the source is read while all of them send.
    private readonly SemaphoreSlim _buffers = new(services.Options.Concurrency + 1);
    private readonly SemaphoreSlim _senders = new(services.Options.Concurrency);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly Lock _lock = new();
    private readonly List<UploadedPart> _sent = [];
    private Exception? _failure;

    /// <summary>All parts, by number, once <see cref="FinishAsync"/> has returned.</summary>
    internal IReadOnlyList<UploadedPart> Sent => [.. _sent.OrderBy(static part => part.Number)];

    /// <summary>Waits until a further buffer may be filled.</summary>
    internal async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _buffers.WaitAsync(either.Token).ConfigureAwait(false);
    }

    /// <summary>Gives back the room that no part was made for.</summary>
    internal void ReturnRoom() => _buffers.Release();

    /// <summary>Takes a buffer over and sends it as a part.</summary>
    internal void Send(int number, PartBuffer buffer, CancellationToken cancellationToken) =>
        _tasks.Add(Task.Run(() => SendAsync(number, buffer, cancellationToken), CancellationToken.None));

    /// <summary>Waits until nothing is under way any more, and throws what went wrong first.</summary>
    internal async ValueTask FinishAsync()
    {
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        if (_failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Nothing more is wanted; returns when nothing is under way any more.</summary>
    internal async ValueTask StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
    }

    /// <summary>What a sender threw, in place of the cancellation it caused elsewhere.</summary>
    internal Exception? Failure => _failure;

    public void Dispose()
    {
        _buffers.Dispose();
        _senders.Dispose();
        _stop.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, the caller gets it when all parts have ended.")]
    private async Task SendAsync(int number, PartBuffer buffer, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            await using (buffer.ConfigureAwait(false))
                await SendOneAsync(number, buffer, either.Token).ConfigureAwait(false);
            _buffers.Release();
        }
        catch (Exception failure)
        {
            // Kept before the others are stopped, whose cancellations are only its consequence.
            Interlocked.CompareExchange(ref _failure, failure, comparand: null);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask SendOneAsync(int number, PartBuffer buffer, CancellationToken cancellationToken)
    {
        await _senders.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var body = new UploadBody(buffer.Bytes);
            var part = known.Find(number, body) ?? await PutAsync(number, body, cancellationToken).ConfigureAwait(false);
            await keeper.AddAsync(new(number, body.Length, part.ETag, body.Sha256Hex), cancellationToken).ConfigureAwait(false);
            lock (_lock)
                _sent.Add(part);
            job.Progress.Add(body.Length);
        }
        finally
        {
            _senders.Release();
        }
    }

    private async ValueTask<UploadedPart> PutAsync(int number, UploadBody body, CancellationToken cancellationToken)
    {
        var put = new WirePut(upload.Key, body) { UploadId = upload.UploadId, PartNumber = number };
        WireReply reply;
        try
        {
            reply = await services
                .Calls.RunAsync(
                    S3Operation.UploadPart,
                    upload.Key,
                    (services.Wire, put),
                    static (state, token) => state.Wire.PutAsync(state.put, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ObjectNotFoundException failure)
        {
            throw StorageFailure.OfUpload(failure);
        }

        return new UploadedPart(
            number,
            body.Length,
            reply.ETag ?? throw new StorageException(StorageErrorCodes.Refused, "The store took a part and gave no entity tag for it.")
        );
    }
}
