namespace LedgerLift.Storage;

/// <summary>Takes away what an upload leaves: itself when it failed, and nameless twins in any case. Never fails; the sweeper finds what it could not remove.</summary>
internal sealed class UploadCleanup(UploadServices services)
{
    private const int MostTries = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Removes a failed upload. Not by the caller's token, which may be why it failed.</summary>
    internal async ValueTask RemoveAsync(UploadInParts upload)
    {
        using var limit = new CancellationTokenSource(Longest, services.Time);
        try
        {
            // A part that the store was still taking in when we gave it up can appear after the upload was removed.
            for (var tries = 0; tries < MostTries; tries++)
            {
                await services.Uploads.AbortAsync(upload.Key, upload.UploadId, limit.Token).ConfigureAwait(false);
                if (await services.Uploads.ListPartsAsync(upload.Key, upload.UploadId, limit.Token).ConfigureAwait(false) is null)
                    break;
            }
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            Log.CleanupFailed(services.Logger, failure);
        }

        await EndAsync(upload).ConfigureAwait(false);
    }

    /// <summary>The upload is over, well or not.</summary>
    internal async ValueTask EndAsync(UploadInParts upload)
    {
        services.Active.Remove(upload.UploadId);
        if (upload.Twins.Count == 0)
            return;
        using var limit = new CancellationTokenSource(Longest, services.Time);
        try
        {
            foreach (var twin in upload.Twins.Where(twin => !services.Active.Contains(twin)))
                await RemoveIfEmptyAsync(upload.Key, twin, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            Log.CleanupFailed(services.Logger, failure);
        }
    }

    // One that has parts by now is somebody's.
    private async ValueTask RemoveIfEmptyAsync(ObjectKey key, string uploadId, CancellationToken cancellationToken)
    {
        if (await services.Uploads.ListPartsAsync(key, uploadId, cancellationToken).ConfigureAwait(false) is { Count: 0 })
            await services.Uploads.AbortAsync(key, uploadId, cancellationToken).ConfigureAwait(false);
    }
}
