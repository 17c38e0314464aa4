using System.Runtime.ExceptionServices;

namespace LedgerLift.Storage;

/// <summary>Sends a large object in parts.</summary>
internal sealed class PartsUpload(UploadServices services, UploadJob job, long partSize)
{
    /// <summary>Begins a new upload and sends everything.</summary>
    /// <param name="reader">What is still to be read.</param>
    /// <param name="first">What was read already; taken over.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async ValueTask<StoredObject> RunAsync(PartReader reader, Queue<PartBuffer> first, CancellationToken cancellationToken)
    {
        if (job.CreateOnly && await services.Requests.HeadAsync(job.Key, cancellationToken).ConfigureAwait(false) is not null)
            throw new PreconditionFailedException(job.Key);
        var upload = await new UploadBirth(services).CreateAsync(job.Key, job.Description, cancellationToken).ConfigureAwait(false);
        return await ContinueAsync(upload, KnownParts.None, reader, first, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what the store does not have of an upload, and completes it.</summary>
    internal async ValueTask<StoredObject> ContinueAsync(
        UploadInParts upload,
        KnownParts known,
        PartReader reader,
        Queue<PartBuffer> first,
        CancellationToken cancellationToken
    )
    {
        services.Active.Add(upload.UploadId);
        using var keeper = new CheckpointKeeper(job, upload, partSize);
        try
        {
            await keeper.BeginAsync(cancellationToken).ConfigureAwait(false);
            var parts = await SendAsync(upload, known, keeper, reader, first, cancellationToken).ConfigureAwait(false);
            var stored = await new UploadCompletion(services)
                .RunAsync(upload, parts, job.CreateOnly, cancellationToken)
                .ConfigureAwait(false);
            await keeper.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            await new UploadCleanup(services).EndAsync(upload).ConfigureAwait(false);
            return await JudgeAsync(stored, reader).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await EndAsync(upload, keeper, failure).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<IReadOnlyList<UploadedPart>> SendAsync(
        UploadInParts upload,
        KnownParts known,
        CheckpointKeeper keeper,
        PartReader reader,
        Queue<PartBuffer> first,
        CancellationToken cancellationToken
    )
    {
        using var sender = new PartSender(services, job, upload, known, keeper);
        try
        {
            await ReadAndSendAsync(sender, reader, first, cancellationToken).ConfigureAwait(false);
            job.Progress.Total = reader.Length;
            await sender.FinishAsync().ConfigureAwait(false);
            return sender.Sent;
        }
        catch (Exception failure)
        {
            await sender.StopAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // A sender that failed cancelled the reading.
            if (failure is OperationCanceledException && sender.Failure is { } cause)
                ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private async ValueTask ReadAndSendAsync(
        PartSender sender,
        PartReader reader,
        Queue<PartBuffer> first,
        CancellationToken cancellationToken
    )
    {
        var number = 0;
        while (true)
        {
            await sender.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
            var buffer = await NextAsync(reader, first, cancellationToken).ConfigureAwait(false);
            if (buffer is null)
                break;
            sender.Send(++number, buffer, cancellationToken);
        }

        sender.ReturnRoom();
    }

    // The next piece that holds anything; null at the end.
    private async ValueTask<PartBuffer?> NextAsync(PartReader reader, Queue<PartBuffer> first, CancellationToken cancellationToken)
    {
        var buffer =
            first.Count > 0 ? first.Dequeue()
            : reader.Ended ? null
            : await reader.ReadAsync(checked((int)partSize), cancellationToken).ConfigureAwait(false);
        if (buffer is not { Bytes.IsEmpty: true })
            return buffer;
        await buffer.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    // The bytes of every part were checked by the store against the hash in its signature; what is left to compare is that all of them are there.
    private async ValueTask<StoredObject> JudgeAsync(StoredObject stored, PartReader reader) =>
        stored.Length == reader.Length
            ? job.Stored(reader.Length, await reader.Sha256HexAsync().ConfigureAwait(false), stored.ETag, stored.LastModified)
            : throw new StorageException(
                StorageErrorCodes.ContentMismatch,
                $"{reader.Length} bytes were sent, and the object has {stored.Length}: somebody replaced it at once."
            );

    // With a checkpoint the next run goes on; what can never succeed is taken away all the same.
    private async ValueTask EndAsync(UploadInParts upload, CheckpointKeeper keeper, Exception failure)
    {
        var isOver =
            failure is PreconditionFailedException or ArgumentException or StorageException { Code: StorageErrorCodes.UploadNotFound };
        if (job.Checkpoints is not null && !isOver)
        {
            services.Active.Remove(upload.UploadId);
            return;
        }

        await new UploadCleanup(services).RemoveAsync(upload).ConfigureAwait(false);
        if (isOver)
            await keeper.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
