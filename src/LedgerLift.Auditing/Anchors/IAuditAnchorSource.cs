namespace LedgerLift.Auditing;

/// <summary>Gives the checkpoints of an anchor for a verification. Safe to use from any thread.</summary>
public interface IAuditAnchorSource
{
    /// <summary>All checkpoints that were kept, in the order in which they were appended; the same may come twice.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The checkpoints.</returns>
    /// <exception cref="AuditException">The anchor cannot be read, or holds something else.</exception>
    IAsyncEnumerable<AuditCheckpoint> ReadAsync(CancellationToken cancellationToken = default);
}
