namespace DocumentPipeline;

/// <summary>
/// Documents and their trail. Every change and its audit entry are one: both are there, or neither is. Thread-safe; what a
/// user does not own is as if it were not there.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Keeps what a user announced.</summary>
    Task ReserveAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken);

    /// <summary>The reservation of a key; null when it is unknown, another user's, or expired.</summary>
    Task<UploadReservation?> FindReservationAsync(string userId, string key, CancellationToken cancellationToken);

    /// <summary>The reservation of a multipart upload; null when it is unknown, another user's, or expired.</summary>
    Task<UploadReservation?> FindMultipartAsync(string userId, string uploadId, CancellationToken cancellationToken);

    /// <summary>Gives a reservation up; what arrived under its key is doomed. Nothing happens when it is not there.</summary>
    Task CancelAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken);

    /// <summary>Turns a reservation into a document.</summary>
    /// <exception cref="RefusedException"><c>duplicate_document</c>: this user has that key or that content already; <c>not_found</c>: the reservation is gone.</exception>
    Task<Document> RegisterAsync(Document document, Actor actor, CancellationToken cancellationToken);

    /// <summary>A document; null when it is unknown, another user's, or deleted and <paramref name="deletedToo"/> is false.</summary>
    Task<Document?> FindAsync(string userId, Guid id, bool deletedToo, CancellationToken cancellationToken);

    /// <summary>The documents of a user, newest first.</summary>
    Task<ListPage<Document>> ListAsync(
        string userId,
        DocumentStatus? status,
        int limit,
        ListCursor? cursor,
        CancellationToken cancellationToken
    );

    /// <summary>What was found in a document, in its order; the cursor is the last ordinal seen.</summary>
    Task<ListPage<Artifact>> ListArtifactsAsync(Guid documentId, int limit, int after, CancellationToken cancellationToken);

    /// <summary>The trail of a document, newest first.</summary>
    Task<ListPage<DocumentEvent>> ListEventsAsync(Guid documentId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>What a user has.</summary>
    Task<DocumentStatistics> GetStatisticsAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Moves a document on.</summary>
    /// <param name="userId">Its owner; null when the caller may move every document.</param>
    /// <exception cref="RefusedException"><c>not_found</c>, <c>illegal_transition</c>.</exception>
    Task<Document> MoveAsync(string? userId, Guid id, DocumentStatus to, string? message, Actor actor, CancellationToken cancellationToken);

    /// <summary>Deletes a document and dooms its object; the trail stays.</summary>
    /// <exception cref="RefusedException"><c>not_found</c>.</exception>
    Task<DoomedObject> DeleteAsync(string userId, Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Dooms what was announced and not registered in time.</summary>
    /// <returns>How many.</returns>
    Task<int> DoomExpiredAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Objects that the store still has to lose.</summary>
    Task<IReadOnlyList<DoomedObject>> ListDoomedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Forgets a doomed object that is gone.</summary>
    Task ForgetAsync(DoomedObject doomed, CancellationToken cancellationToken);

    /// <summary>Notes in the trail what is no document's: a token given or taken.</summary>
    Task NoteAsync(string action, string resourceType, string? resourceId, Actor actor, CancellationToken cancellationToken);
}
