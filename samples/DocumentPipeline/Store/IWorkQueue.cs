namespace DocumentPipeline;

/// <summary>
/// Documents waiting for work. A document is one worker's as long as its lease lasts; whoever lost the lease can no longer
/// change the document, so nothing is written twice. Thread-safe, and safe among processes.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Takes the document that waits longest: new, due for another try, or left behind by a worker that died.</summary>
    /// <returns>Null when none waits.</returns>
    Task<WorkItem?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Takes this document.</summary>
    /// <exception cref="RefusedException"><c>not_found</c>, or <c>illegal_transition</c> when it is done or in another worker's hands.</exception>
    Task<WorkItem> TakeAsync(Guid id, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Makes the lease last from now on.</summary>
    /// <returns>False when it was lost: stop working.</returns>
    Task<bool> RenewAsync(WorkItem item, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Stores what was found and completes the document.</summary>
    /// <returns>False when the lease was lost and nothing was stored.</returns>
    Task<bool> CompleteAsync(WorkItem item, Extraction found, CancellationToken cancellationToken);

    /// <summary>Gives a document back, for another try or for good.</summary>
    /// <param name="retryAfter">How long to wait before the next try; null ends it as failed.</param>
    /// <returns>False when the lease was lost and nothing was changed.</returns>
    Task<bool> FailAsync(WorkItem item, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken);
}
