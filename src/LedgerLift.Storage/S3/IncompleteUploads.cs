namespace LedgerLift.Storage;

/// <summary>Finds and removes uploads in parts that nobody completed. Thread-safe.</summary>
internal sealed class IncompleteUploads(UploadServices services)
{
    /// <summary>Removes those that began long enough ago.</summary>
    /// <returns>How many.</returns>
    internal async ValueTask<int> SweepAsync(TimeSpan olderThan, string prefix, CancellationToken cancellationToken)
    {
        var limit = services.Time.GetUtcNow() - olderThan;
        var uploads = await services.Uploads.ListUploadsAsync(prefix, cancellationToken).ConfigureAwait(false);
        var removed = 0;
        foreach (var upload in uploads.Where(upload => upload.Initiated <= limit && !services.Active.Contains(upload.UploadId)))
        {
            await services.Uploads.AbortAsync(upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
            removed++;
        }

        if (removed > 0)
            Log.Swept(services.Logger, removed);
        return removed;
    }
}
