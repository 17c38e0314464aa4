namespace LedgerLift.Storage;

/// <summary>Makes the object of its parts, finds out what became of a completion whose answer was lost, and looks at the result.</summary>
internal sealed class UploadCompletion(UploadServices services)
{
    /// <summary>Completes an upload.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="parts">All parts, by number.</param>
    /// <param name="createOnly">Whether nothing may be there.</param>
    /// <param name="cancellationToken">The caller's; once the completion is sent it is waited for a little longer, since it cannot be taken back.</param>
    /// <returns>The object as the store has it.</returns>
    internal async ValueTask<StoredObject> RunAsync(
        UploadInParts upload,
        IReadOnlyList<UploadedPart> parts,
        bool createOnly,
        CancellationToken cancellationToken
    )
    {
        if (createOnly)
            await RefuseIfThereAsync(upload, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        using var grace = new Grace(services.Time, cancellationToken);
        try
        {
            await services.Uploads.CompleteAsync(upload.Key, upload.UploadId, parts, createOnly, grace.Token).ConfigureAwait(false);
        }
        catch (StorageException failure) when (Reconciliation.MayHideSuccess(failure))
        {
            var own = await Reconciliation
                .FindOwnAsync(services, S3Operation.CompleteUpload, upload.Key, upload.Token, grace.Token)
                .ConfigureAwait(false);
            return own ?? throw StorageFailure.OfUpload(failure);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        var head = await services.Requests.HeadAsync(upload.Key, grace.Token).ConfigureAwait(false);
        return head?.Stored
            ?? throw new StorageException(
                StorageErrorCodes.UploadNotFound,
                "The upload was completed, and its object is not there any more: somebody removed it at once."
            );
    }

    // Some servers take no condition on a completion. The question closes all but the moment in between.
    private async ValueTask RefuseIfThereAsync(UploadInParts upload, CancellationToken cancellationToken)
    {
        if (services.Options.Provider == ObjectStoreProvider.Aws)
            return;
        var head = await services.Requests.HeadAsync(upload.Key, cancellationToken).ConfigureAwait(false);
        if (head is not null && (upload.Token is null || !string.Equals(head.UploadToken, upload.Token, StringComparison.Ordinal)))
            throw new PreconditionFailedException(upload.Key);
    }
}
