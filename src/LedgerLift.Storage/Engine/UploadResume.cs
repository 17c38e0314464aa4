namespace LedgerLift.Storage;

/// <summary>Goes on with an upload that an earlier run left, when it is certain that it is of the same source.</summary>
internal sealed class UploadResume(UploadServices services, UploadJob job)
{
    /// <summary>Goes on, or returns null with the source where it stood.</summary>
    internal async ValueTask<StoredObject?> TryAsync(Stream content, PartReader reader, CancellationToken cancellationToken)
    {
        var checkpoint = await job.Checkpoints!.LoadAsync(job.Key, cancellationToken).ConfigureAwait(false);
        if (checkpoint is null)
            return null;
        var upload = new UploadInParts(checkpoint.Key, checkpoint.UploadId, checkpoint.UploadToken);
        if (!IsOfThisSource(checkpoint))
        {
            await new UploadCleanup(services).RemoveAsync(upload).ConfigureAwait(false);
            await job.Checkpoints.RemoveAsync(job.Key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var listed = await services.Uploads.ListPartsAsync(upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
        if (listed is null)
            return await TryCompletedAsync(checkpoint, content, cancellationToken).ConfigureAwait(false);
        var known = new KnownParts(
            listed.ToDictionary(static part => part.Number),
            checkpoint.Parts.ToDictionary(static part => part.Number)
        );
        Log.Resuming(services.Logger, listed.Count);
        return await new PartsUpload(services, job, checkpoint.PartSizeBytes)
            .ContinueAsync(upload, known, reader, new Queue<PartBuffer>(), cancellationToken)
            .ConfigureAwait(false);
    }

    private bool IsOfThisSource(UploadCheckpoint checkpoint) =>
        checkpoint.UploadToken is not null
        && checkpoint.PartSizeBytes is >= StorageOptionsValidator.SmallestPart and <= StorageOptionsValidator.LargestPart
        && (checkpoint.Length is null || job.Length is null || checkpoint.Length == job.Length)
        && string.Equals(checkpoint.SourceIdentity, job.SourceIdentity, StringComparison.Ordinal)
        && string.Equals(checkpoint.ContentType, job.Description.ContentType, StringComparison.Ordinal);

    // The upload is gone: it was swept, or completed just before the process died. The mark in the object tells.
    private async ValueTask<StoredObject?> TryCompletedAsync(
        UploadCheckpoint checkpoint,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var own = await Reconciliation
            .FindOwnAsync(services, S3Operation.CompleteUpload, job.Key, checkpoint.UploadToken, cancellationToken)
            .ConfigureAwait(false);
        StoredObject? stored = null;
        if (own is not null && content.CanSeek)
            stored = await CompareAsync(checkpoint, own, content, cancellationToken).ConfigureAwait(false);
        await job.Checkpoints!.RemoveAsync(job.Key, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    // The object was made of the noted parts: when the source still has the same parts, it is the source's object.
    private async ValueTask<StoredObject?> CompareAsync(
        UploadCheckpoint checkpoint,
        StoredObject own,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var reader = new PartReader(content, services, nameof(content));
        await using (reader.ConfigureAwait(false))
            return await CompareAsync(checkpoint, own, content, reader, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StoredObject?> CompareAsync(
        UploadCheckpoint checkpoint,
        StoredObject own,
        Stream content,
        PartReader reader,
        CancellationToken cancellationToken
    )
    {
        var start = content.Position;
        foreach (var part in checkpoint.Parts)
        {
            if (!await IsNextAsync(part, reader, cancellationToken).ConfigureAwait(false))
            {
                content.Position = start;
                return null;
            }
        }

        if (reader.Length != own.Length || content.Position != content.Length)
        {
            content.Position = start;
            return null;
        }

        job.Progress.Total = own.Length;
        job.Progress.Add(own.Length);
        return job.Stored(own.Length, await reader.Sha256HexAsync().ConfigureAwait(false), own.ETag, own.LastModified);
    }

    private static async ValueTask<bool> IsNextAsync(UploadCheckpointPart part, PartReader reader, CancellationToken cancellationToken)
    {
        var buffer = await reader.ReadAsync(checked((int)part.Length), cancellationToken).ConfigureAwait(false);
        await using (buffer.ConfigureAwait(false))
            return string.Equals(new UploadBody(buffer.Bytes).Sha256Hex, part.Sha256Hex, StringComparison.Ordinal);
    }
}
