using System.Globalization;

namespace DocumentPipeline;

/// <summary>Documents in a folder of this machine, for one process: what the host uses when no server is set.</summary>
public sealed class FolderDocumentStore : IDocumentStore
{
    private readonly FolderJournal _journal;
    private readonly FolderTrail _trail;
    private readonly FolderReservations _reservations;
    private readonly FolderClock _clock;

    internal FolderDocumentStore(FolderJournal journal, FolderClock clock)
    {
        (_journal, _clock, _trail) = (journal, clock, new FolderTrail(clock));
        _reservations = new FolderReservations(journal, _trail, clock);
    }

    /// <inheritdoc/>
    public Task<Document> RegisterAsync(Document document, Actor actor, CancellationToken cancellationToken) =>
        _journal.RunAsync(
            state =>
            {
                if (state.Documents.Values.Any(other => IsDuplicate(other.Document, document)))
                    throw RefusedException.Duplicate();
                if (FolderReservations.Find(state, document.UserId, document.Key, _clock.Now()) is null)
                    throw RefusedException.Missing("upload");
                var now = _clock.Now();
                var stored = document with { Status = DocumentStatus.Uploaded, CreatedAt = now, UpdatedAt = now };
                return (
                    stored,
                    new ChangeSet
                    {
                        Documents = [new QueuedDocument(stored) { NotBefore = now }],
                        ReservationsGone = [document.Key],
                        Trail = [_trail.Entry(Trail.Registered(stored, actor))],
                    }
                );
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<Document?> FindAsync(string userId, Guid id, bool deletedToo, CancellationToken cancellationToken) =>
        _journal.ReadAsync(
            state => Find(state, userId, id) is { } found && (deletedToo || found.Document.DeletedAt is null) ? found.Document : null,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<ListPage<Document>> ListAsync(
        string userId,
        DocumentStatus? status,
        int limit,
        ListCursor? cursor,
        CancellationToken cancellationToken
    ) =>
        _journal.ReadAsync(
            state =>
            {
                var found = state
                    .Documents.Values.Select(queued => queued.Document)
                    .Where(document =>
                        document.UserId == userId && document.DeletedAt is null && (status ?? document.Status) == document.Status
                    )
                    .OrderByDescending(document => document.CreatedAt)
                    .ThenByDescending(document => document.Id)
                    .SkipWhile(document => cursor is { } seen && IsBefore(document, seen))
                    .Take(limit + 1)
                    .ToList();
                return ListPage<Document>.Cut(found, limit, last => new ListCursor(last.CreatedAt, last.Id).ToString());
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<ListPage<Artifact>> ListArtifactsAsync(Guid documentId, int limit, int after, CancellationToken cancellationToken) =>
        _journal.ReadAsync(
            state =>
                ListPage<Artifact>.Cut(
                    state.Artifacts.GetValueOrDefault(documentId, []).Where(artifact => artifact.Ordinal > after).Take(limit + 1).ToList(),
                    limit,
                    last => last.Ordinal.ToString(CultureInfo.InvariantCulture)
                ),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<ListPage<DocumentEvent>> ListEventsAsync(Guid documentId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var seen = ListCursor.Parse(cursor);
        return _journal.ReadAsync(
            state =>
            {
                var id = documentId.ToString();
                var found = state
                    .Trail.Where(entry => entry.ResourceType == TrailActions.DocumentType && entry.ResourceId == id)
                    .Select(entry => Trail.ToEvent(entry, documentId))
                    .Reverse()
                    .SkipWhile(entry => seen is { } last && (entry.CreatedAt, entry.Id).CompareTo((last.At, last.Id)) >= 0)
                    .Take(limit + 1)
                    .ToList();
                return ListPage<DocumentEvent>.Cut(found, limit, last => new ListCursor(last.CreatedAt, last.Id).ToString());
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<DocumentStatistics> GetStatisticsAsync(string userId, CancellationToken cancellationToken) =>
        _journal.ReadAsync(
            state =>
            {
                var own = state
                    .Documents.Values.Select(queued => queued.Document)
                    .Where(document => document.UserId == userId && document.DeletedAt is null)
                    .ToList();
                return new DocumentStatistics(
                    Enum.GetValues<DocumentStatus>()
                        .ToDictionary(status => status, status => (long)own.Count(document => document.Status == status)),
                    own.Sum(document => document.FileSize),
                    own.Sum(document => (long)state.Artifacts.GetValueOrDefault(document.Id, []).Count)
                );
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<Document> MoveAsync(
        string? userId,
        Guid id,
        DocumentStatus to,
        string? message,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        _journal.RunAsync(
            state =>
            {
                var found = Live(state, userId, id);
                DocumentTransitions.Check(found.Document.Status, to);
                var now = _clock.Now();
                var moved = found.Document with
                {
                    Status = to,
                    ErrorMessage = to == DocumentStatus.Failed ? message : null,
                    UpdatedAt = now,
                };
                return (
                    moved,
                    new ChangeSet
                    {
                        Documents = [new QueuedDocument(moved) { NotBefore = now }],
                        Trail = [_trail.Entry(Trail.Moved(id, to, message, actor))],
                    }
                );
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<DoomedObject> DeleteAsync(string userId, Guid id, Actor actor, CancellationToken cancellationToken) =>
        _journal.RunAsync(
            state =>
            {
                var now = _clock.Now();
                var document = Live(state, userId, id).Document;
                var doomed = new DoomedObject(document.Key, UploadId: null, document.FileSize, PartSize: 0);
                return (
                    doomed,
                    new ChangeSet
                    {
                        Documents = [new QueuedDocument(document with { DeletedAt = now, UpdatedAt = now })],
                        ArtifactsGone = [id],
                        Doomed = [doomed],
                        Trail = [_trail.Entry(Trail.Deleted(id, actor))],
                    }
                );
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task ReserveAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        _reservations.AddAsync(reservation, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<UploadReservation?> FindReservationAsync(string userId, string key, CancellationToken cancellationToken) =>
        _journal.ReadAsync(state => FolderReservations.Find(state, userId, key, _clock.Now()), cancellationToken);

    /// <inheritdoc/>
    public Task<UploadReservation?> FindMultipartAsync(string userId, string uploadId, CancellationToken cancellationToken) =>
        _journal.ReadAsync(state => FolderReservations.FindMultipart(state, userId, uploadId, _clock.Now()), cancellationToken);

    /// <inheritdoc/>
    public Task CancelAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        _reservations.CancelAsync(reservation, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<int> DoomExpiredAsync(int limit, CancellationToken cancellationToken) =>
        _reservations.ExpireAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoomedObject>> ListDoomedAsync(int limit, CancellationToken cancellationToken) =>
        _journal.ReadAsync<IReadOnlyList<DoomedObject>>(state => [.. state.Doomed.Values.Take(limit)], cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(DoomedObject doomed, CancellationToken cancellationToken) =>
        _journal.RunAsync(_ => (true, new ChangeSet { DoomedGone = [doomed.Key] }), cancellationToken);

    /// <inheritdoc/>
    public Task NoteAsync(string action, string resourceType, string? resourceId, Actor actor, CancellationToken cancellationToken) =>
        _journal.RunAsync(
            _ => (true, new ChangeSet { Trail = [_trail.Entry(Trail.Noted(action, resourceType, resourceId, actor))] }),
            cancellationToken
        );

    private static bool IsDuplicate(Document other, Document document) =>
        other.DeletedAt is null && other.UserId == document.UserId && (other.Key == document.Key || other.Sha256 == document.Sha256);

    private static bool IsBefore(Document document, ListCursor seen) =>
        (document.CreatedAt, document.Id).CompareTo((seen.At, seen.Id)) >= 0;

    private static QueuedDocument? Find(FolderState state, string? userId, Guid id) =>
        state.Documents.GetValueOrDefault(id) is { } found && (userId ?? found.Document.UserId) == found.Document.UserId ? found : null;

    private static QueuedDocument Live(FolderState state, string? userId, Guid id) =>
        Find(state, userId, id) is { Document.DeletedAt: null } found ? found : throw RefusedException.Missing("document");
}
