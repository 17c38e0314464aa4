namespace LedgerLift.Storage;

/// <summary>
/// Begins uploads in parts, and knows of those that came into being unseen: when the answer to a creation is lost, the store holds an upload whose name nobody
/// was told.
/// </summary>
internal sealed class UploadBirth(UploadServices services)
{
    // Between the creation that was lost and ours lie our own waits; the store's clock has whole seconds here and there.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Begins an upload. When the caller gives up meanwhile, what was begun is taken away.</summary>
    internal async ValueTask<UploadInParts> CreateAsync(ObjectKey key, ObjectDescription description, CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        using var grace = new Grace(services.Time, cancellationToken);
        string uploadId;
        int attempts;
        try
        {
            (uploadId, attempts) = await services.Uploads.CreateAsync(key, description, grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        services.Active.Add(uploadId);
        var upload = new UploadInParts(key, uploadId, description.Token);
        if (attempts > 1)
            upload.Twins = await FindTwinsAsync(upload, services.Time.GetElapsedTime(started), grace.Token).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
            return upload;
        await new UploadCleanup(services).RemoveAsync(upload).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return upload;
    }

    // Uploads of the same key that began while we tried to begin ours, and that nobody in this process is working on.
    private async ValueTask<IReadOnlyList<string>> FindTwinsAsync(UploadInParts upload, TimeSpan took, CancellationToken cancellationToken)
    {
        try
        {
            var all = await services.Uploads.ListUploadsAsync(upload.Key.Value, cancellationToken).ConfigureAwait(false);
            var same = all.Where(other => other.Key == upload.Key).ToList();
            var own = same.Find(other => string.Equals(other.UploadId, upload.UploadId, StringComparison.Ordinal));
            if (own is null)
                return [];
            return
            [
                .. same.Where(other => other.Initiated >= own.Initiated - took - Slack && other.Initiated <= own.Initiated + Slack)
                    .Select(other => other.UploadId)
                    .Where(id => !services.Active.Contains(id)),
            ];
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            // The sweeper finds what is left.
            return [];
        }
    }
}
