using LedgerLift.Auditing;

namespace DocumentPipeline;

/// <summary>The queue of the folder's documents, for the workers of this process.</summary>
public sealed class FolderWorkQueue : IWorkQueue
{
    private readonly FolderJournal _journal;
    private readonly FolderTrail _trail;
    private readonly FolderClock _clock;

    internal FolderWorkQueue(FolderJournal journal, FolderClock clock) =>
        (_journal, _clock, _trail) = (journal, clock, new FolderTrail(clock));

    /// <inheritdoc/>
    public Task<WorkItem?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken) =>
        _journal.RunAsync<WorkItem?>(
            state =>
            {
                var now = _clock.Now();
                var due = state.Documents.Values.Where(document => document.IsDue(now)).MinBy(document => document.NotBefore);
                return due is null ? (null, null) : Hold(due, lease);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<WorkItem> TakeAsync(Guid id, TimeSpan lease, CancellationToken cancellationToken) =>
        await _journal.RunAsync<WorkItem?>(
            state => state.Documents.GetValueOrDefault(id) is { } found && found.IsDue(_clock.Now()) ? Hold(found, lease) : (null, null),
            cancellationToken
        ) ?? throw RefusedException.NotDue();

    /// <inheritdoc/>
    public Task<bool> RenewAsync(WorkItem item, TimeSpan lease, CancellationToken cancellationToken) =>
        _journal.RunAsync(
            state =>
                Held(state, item) is { } held
                    ? (true, new ChangeSet { Documents = [held with { LeaseUntil = _clock.Now() + lease }] })
                    : (false, (ChangeSet?)null),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(WorkItem item, Extraction found, CancellationToken cancellationToken)
    {
        var now = _clock.Now();
        return EndAsync(
            item,
            DocumentStatus.Completed,
            error: null,
            wait: TimeSpan.Zero,
            Trail.Completed(item, found),
            [.. found.Artifacts.Select(artifact => artifact with { CreatedAt = now })],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<bool> FailAsync(WorkItem item, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken) =>
        EndAsync(
            item,
            Trail.StatusAfter(retryAfter),
            reason,
            retryAfter ?? TimeSpan.Zero,
            Trail.GivenBack(item, reason, retryAfter),
            [],
            cancellationToken
        );

    private static QueuedDocument? Held(FolderState state, WorkItem item) =>
        state.Documents.GetValueOrDefault(item.Document.Id) is { Document: { Status: DocumentStatus.Processing, DeletedAt: null } } found
        && found.LeaseId == item.LeaseId
            ? found
            : null;

    private Task<bool> EndAsync(
        WorkItem item,
        DocumentStatus status,
        string? error,
        TimeSpan wait,
        AuditAction action,
        IReadOnlyList<Artifact> artifacts,
        CancellationToken cancellationToken
    ) =>
        _journal.RunAsync(
            state =>
            {
                if (Held(state, item) is not { } held)
                    return (false, null);
                DocumentTransitions.Check(DocumentStatus.Processing, status);
                var now = _clock.Now();
                var ended = held.Document with { Status = status, ErrorMessage = error, UpdatedAt = now };
                var changes = new ChangeSet
                {
                    Documents = [held with { Document = ended, LeaseId = null, LeaseUntil = null, NotBefore = now + wait }],
                    Artifacts = artifacts,
                    Trail = [_trail.Entry(action)],
                };
                return (true, changes);
            },
            cancellationToken
        );

    private (WorkItem?, ChangeSet?) Hold(QueuedDocument due, TimeSpan lease)
    {
        var isTakenOver = due.Document.Status == DocumentStatus.Processing;
        if (!isTakenOver)
            DocumentTransitions.Check(due.Document.Status, DocumentStatus.Processing);
        var now = _clock.Now();
        var leaseId = Guid.NewGuid();
        var document = due.Document with { Status = DocumentStatus.Processing, ErrorMessage = null, UpdatedAt = now };
        var held = due with { Document = document, LeaseId = leaseId, LeaseUntil = now + lease, Attempts = due.Attempts + 1 };
        return (
            new WorkItem(document, leaseId, held.Attempts),
            new ChangeSet { Documents = [held], Trail = [_trail.Entry(Trail.Taken(document.Id, isTakenOver, held.Attempts))] }
        );
    }
}
