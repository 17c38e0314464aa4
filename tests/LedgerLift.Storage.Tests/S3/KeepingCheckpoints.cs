namespace LedgerLift.Storage.Tests;

/// <summary>Checkpoints that are never removed, as if the process died before it came to that.</summary>
internal sealed class KeepingCheckpoints(IUploadCheckpointStore inner) : IUploadCheckpointStore
{
    public ValueTask<UploadCheckpoint?> LoadAsync(ObjectKey key, CancellationToken ct = default) => inner.LoadAsync(key, ct);

    public ValueTask SaveAsync(UploadCheckpoint checkpoint, CancellationToken ct = default) => inner.SaveAsync(checkpoint, ct);

    public ValueTask RemoveAsync(ObjectKey key, CancellationToken ct = default) => ValueTask.CompletedTask;
}
