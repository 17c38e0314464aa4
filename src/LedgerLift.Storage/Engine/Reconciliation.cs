namespace LedgerLift.Storage;

/// <summary>
/// After an answer was lost: asks whose object is there. A repeated create-only put is refused because of the first try, and a repeated completion finds no
/// upload; both look like failures and are none when the object bears our mark.
/// </summary>
internal static class Reconciliation
{
    /// <summary>Whether a failure can hide a success.</summary>
    internal static bool MayHideSuccess(StorageException failure) =>
        failure is PreconditionFailedException or ObjectNotFoundException || failure is StorageUnavailableException { Attempts: > 0 };

    /// <summary>The object, when it is ours; null when it is not, or nobody answers.</summary>
    internal static async ValueTask<StoredObject?> FindOwnAsync(
        UploadServices services,
        S3Operation operation,
        ObjectKey key,
        string? token,
        CancellationToken cancellationToken
    )
    {
        if (token is null)
            return null;
        StoredObject? own;
        try
        {
            var head = await services.Requests.HeadAsync(key, cancellationToken).ConfigureAwait(false);
            own = head is not null && string.Equals(head.UploadToken, token, StringComparison.Ordinal) ? head.Stored : null;
        }
        catch (StorageException)
        {
            // The first failure says more than that the second question failed too.
            return null;
        }

        S3Telemetry.Reconciled(operation, stored: own is not null);
        if (own is not null)
            Log.Reconciled(services.Logger, operation.Method);
        return own;
    }
}
