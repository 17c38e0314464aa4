namespace LedgerLift.Storage;

/// <summary>Notes how far an upload is, one note at a time, however many parts end at once.</summary>
internal sealed class CheckpointKeeper(UploadJob job, UploadInParts upload, long partSize) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SortedDictionary<int, UploadCheckpointPart> _parts = [];

    /// <summary>Notes the upload itself, before its first part is sent.</summary>
    internal ValueTask BeginAsync(CancellationToken cancellationToken) => SaveAsync(part: null, cancellationToken);

    /// <summary>Notes a part that the store has; returns when the note would survive a crash.</summary>
    internal ValueTask AddAsync(UploadCheckpointPart part, CancellationToken cancellationToken) => SaveAsync(part, cancellationToken);

    /// <summary>The upload is over.</summary>
    internal ValueTask RemoveAsync(CancellationToken cancellationToken) =>
        job.Checkpoints?.RemoveAsync(job.Key, cancellationToken) ?? ValueTask.CompletedTask;

    public void Dispose() => _turn.Dispose();

    private async ValueTask SaveAsync(UploadCheckpointPart? part, CancellationToken cancellationToken)
    {
        if (job.Checkpoints is not { } checkpoints)
            return;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (part is not null)
                _parts[part.Number] = part;
            var checkpoint = new UploadCheckpoint(job.Key, upload.UploadId, partSize, job.Length, job.SourceIdentity, [.. _parts.Values])
            {
                UploadToken = upload.Token,
                ContentType = job.Description.ContentType,
            };
            await checkpoints.SaveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
