namespace LedgerLift.Auditing;

/// <summary>A place that takes checkpoints and gives none back to be changed: out of reach of whoever can change the trail itself. Safe to use from any thread.</summary>
public interface IAuditAnchorSink
{
    /// <summary>Keeps a checkpoint. When the task ends well, it is there to stay. Appending the same checkpoint again is harmless.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellationToken">Ends the wait; the checkpoint may have been kept.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="checkpoint"/> is null.</exception>
    /// <exception cref="AuditException">The checkpoint could not be kept (<see cref="AuditErrorCodes.AnchorFailed"/>).</exception>
    ValueTask AppendAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken = default);
}
