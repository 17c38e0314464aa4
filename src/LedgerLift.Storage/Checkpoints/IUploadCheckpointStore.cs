namespace LedgerLift.Storage;

/// <summary>
/// Keeps how far uploads in parts are, one checkpoint a key, so that an upload goes on after its process has died. Must be safe to use from several threads; one
/// upload calls it from one thread at a time.
/// </summary>
public interface IUploadCheckpointStore
{
    /// <summary>The checkpoint of a key.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The last one saved, or null when there is none or it cannot be read: the upload then begins anew.</returns>
    ValueTask<UploadCheckpoint?> LoadAsync(ObjectKey key, CancellationToken ct = default);

    /// <summary>Keeps a checkpoint in place of the former one of its key: after a crash there is the one or the other, whole.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>When it would survive a crash.</returns>
    ValueTask SaveAsync(UploadCheckpoint checkpoint, CancellationToken ct = default);

    /// <summary>Forgets the checkpoint of a key; there may be none.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>When it is gone.</returns>
    ValueTask RemoveAsync(ObjectKey key, CancellationToken ct = default);
}
