using System.Globalization;
using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;
using LedgerLift.Resilience;

namespace DocumentPipeline;

/// <summary>Documents in PostgreSQL: each change and its audit entry in one transaction.</summary>
public sealed class PostgresDocumentStore(IDatabase database, PostgresAuditLogger audit) : IDocumentStore
{
    /// <inheritdoc/>
    public async Task<Document> RegisterAsync(Document document, Actor actor, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var claimed = await session.ExecuteAsync(
                    "DELETE FROM upload_reservations WHERE key = @key AND user_id = @user AND expires_at > now()",
                    token,
                    ("key", document.Key),
                    ("user", document.UserId)
                );
                var stored = await InsertAsync(session, document, token) ?? throw RefusedException.Duplicate();
                if (claimed == 0)
                    throw RefusedException.Missing("upload");
                await audit.LogActionAsync(Trail.Registered(stored, actor), session.Transaction!, token);
                return stored;
            },
            cancellationToken: cancellationToken
        );

    /// <inheritdoc/>
    public async Task<Document?> FindAsync(string userId, Guid id, bool deletedToo, CancellationToken cancellationToken) =>
        await ReadAsync(
            (session, token) =>
                session.FirstAsync(
                    $"SELECT {Rows.DocumentColumns} FROM documents WHERE id = @id AND user_id = @user AND (deleted_at IS NULL OR @deleted)",
                    Rows.Document,
                    token,
                    ("id", id),
                    ("user", userId),
                    ("deleted", deletedToo)
                ),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<ListPage<Document>> ListAsync(
        string userId,
        DocumentStatus? status,
        int limit,
        ListCursor? cursor,
        CancellationToken cancellationToken
    )
    {
        var found = await ReadAsync(
            (session, token) =>
                session.QueryAsync(
                    $"""
                    SELECT {Rows.DocumentColumns} FROM documents
                    WHERE user_id = @user AND deleted_at IS NULL
                      AND (@status IS NULL OR status = @status)
                      AND (created_at, id) < (@at, @id)
                    ORDER BY created_at DESC, id DESC LIMIT @limit
                    """,
                    Rows.Document,
                    token,
                    ("user", userId),
                    ("status", status is { } wanted ? StatusNames.Of(wanted) : null),
                    ("at", cursor?.At ?? DateTimeOffset.MaxValue),
                    ("id", cursor?.Id ?? Guid.AllBitsSet),
                    ("limit", limit + 1)
                ),
            cancellationToken
        );
        return ListPage<Document>.Cut(found, limit, last => new ListCursor(last.CreatedAt, last.Id).ToString());
    }

    /// <inheritdoc/>
    public async Task<ListPage<Artifact>> ListArtifactsAsync(Guid documentId, int limit, int after, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            (session, token) =>
                session.QueryAsync(
                    $"SELECT {Rows.ArtifactColumns} FROM artifacts WHERE document_id = @id AND ordinal > @after ORDER BY ordinal LIMIT @limit",
                    Rows.Artifact,
                    token,
                    ("id", documentId),
                    ("after", after),
                    ("limit", limit + 1)
                ),
            cancellationToken
        );
        return ListPage<Artifact>.Cut(found, limit, last => last.Ordinal.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public async Task<ListPage<DocumentEvent>> ListEventsAsync(
        Guid documentId,
        int limit,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        var filters = new AuditFilters
        {
            ResourceType = TrailActions.DocumentType,
            ResourceId = documentId.ToString(),
            Limit = limit,
            Cursor = cursor,
        };
        try
        {
            var page = await audit.QueryAsync(filters, cancellationToken);
            return new ListPage<DocumentEvent>([.. page.Entries.Select(entry => Trail.ToEvent(entry, documentId))], page.NextCursor);
        }
        catch (ArgumentException foreign) when (cursor is not null)
        {
            throw RefusedException.Invalid("cursor", "cursor_unknown", foreign.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<DocumentStatistics> GetStatisticsAsync(string userId, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT d.status, count(*), coalesce(sum(d.file_size), 0)::bigint, coalesce(sum(a.found), 0)::bigint
            FROM documents d
            LEFT JOIN LATERAL (SELECT count(*) AS found FROM artifacts WHERE document_id = d.id) a ON true
            WHERE d.user_id = @user AND d.deleted_at IS NULL GROUP BY d.status
            """;
        var rows = await ReadAsync(
            (session, token) =>
                session.QueryAsync(
                    Sql,
                    row =>
                        (
                            Status: StatusNames.Parse(row.GetString(0)),
                            Count: row.GetInt64(1),
                            Bytes: row.GetInt64(2),
                            Artifacts: row.GetInt64(3)
                        ),
                    token,
                    ("user", userId)
                ),
            cancellationToken
        );
        var counts = Enum.GetValues<DocumentStatus>()
            .ToDictionary(status => status, status => rows.Find(row => row.Status == status).Count);
        return new DocumentStatistics(counts, rows.Sum(row => row.Bytes), rows.Sum(row => row.Artifacts));
    }

    /// <inheritdoc/>
    public async Task<Document> MoveAsync(
        string? userId,
        Guid id,
        DocumentStatus to,
        string? message,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var document = await LockAsync(session, userId, id, token);
                DocumentTransitions.Check(document.Status, to);
                // Whoever held the document lost it: the lease goes, and a retry is due at once and counts its tries anew.
                var moved = await session.FirstAsync(
                    $"""
                    UPDATE documents SET status = @to, error_message = @error, lease_id = NULL, lease_until = NULL, attempts = 0,
                        not_before = now(), updated_at = now()
                    WHERE id = @id RETURNING {Rows.DocumentColumns}
                    """,
                    Rows.Document,
                    token,
                    ("to", StatusNames.Of(to)),
                    ("error", to == DocumentStatus.Failed ? message : null),
                    ("id", id)
                );
                await audit.LogActionAsync(Trail.Moved(id, to, message, actor), session.Transaction!, token);
                return moved!;
            },
            cancellationToken: cancellationToken
        );

    /// <inheritdoc/>
    public async Task<DoomedObject> DeleteAsync(string userId, Guid id, Actor actor, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var document = await LockAsync(session, userId, id, token);
                await session.ExecuteAsync(
                    "UPDATE documents SET deleted_at = now(), updated_at = now(), lease_id = NULL WHERE id = @id",
                    token,
                    ("id", id)
                );
                await session.ExecuteAsync("DELETE FROM artifacts WHERE document_id = @id", token, ("id", id));
                await Doomed.AddAsync(session, document.Key, uploadId: null, document.FileSize, partSize: 0, token);
                await audit.LogActionAsync(Trail.Deleted(id, actor), session.Transaction!, token);
                return new DoomedObject(document.Key, UploadId: null, document.FileSize, PartSize: 0);
            },
            cancellationToken: cancellationToken
        );

    /// <inheritdoc/>
    public Task ReserveAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        _reservations.AddAsync(reservation, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<UploadReservation?> FindReservationAsync(string userId, string key, CancellationToken cancellationToken) =>
        _reservations.FindAsync("key", userId, key, cancellationToken);

    /// <inheritdoc/>
    public Task<UploadReservation?> FindMultipartAsync(string userId, string uploadId, CancellationToken cancellationToken) =>
        _reservations.FindAsync("upload_id", userId, uploadId, cancellationToken);

    /// <inheritdoc/>
    public Task CancelAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        _reservations.CancelAsync(reservation, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<int> DoomExpiredAsync(int limit, CancellationToken cancellationToken) =>
        _reservations.ExpireAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoomedObject>> ListDoomedAsync(int limit, CancellationToken cancellationToken) =>
        await ReadAsync((session, token) => Doomed.ListAsync(session, limit, token), cancellationToken);

    /// <inheritdoc/>
    public async Task ForgetAsync(DoomedObject doomed, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            OperationSafety.Idempotent,
            (session, token) => session.ExecuteAsync("DELETE FROM doomed_objects WHERE key = @key", token, ("key", doomed.Key)),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task NoteAsync(string action, string resourceType, string? resourceId, Actor actor, CancellationToken cancellationToken) =>
        await audit.LogActionAsync(Trail.Noted(action, resourceType, resourceId, actor), cancellationToken);

    private readonly PostgresReservations _reservations = new(database, audit);

    private static ValueTask<Document?> InsertAsync(DatabaseSession session, Document document, CancellationToken cancellationToken) =>
        session.FirstAsync(
            $"""
            INSERT INTO documents (id, user_id, key, file_name, content_type, file_size, sha256, status, document_date, trace_parent)
            VALUES (@id, @user, @key, @name, @type, @size, @sha256, 'uploaded', @date::date, @trace)
            ON CONFLICT DO NOTHING RETURNING {Rows.DocumentColumns}
            """,
            Rows.Document,
            cancellationToken,
            ("id", document.Id),
            ("user", document.UserId),
            ("key", document.Key),
            ("name", document.FileName),
            ("type", document.ContentType),
            ("size", document.FileSize),
            ("sha256", document.Sha256),
            ("date", document.DocumentDate),
            ("trace", document.TraceParent)
        );

    private static async ValueTask<Document> LockAsync(
        DatabaseSession session,
        string? userId,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        await session.FirstAsync(
            $"SELECT {Rows.DocumentColumns} FROM documents WHERE id = @id AND (@user IS NULL OR user_id = @user) AND deleted_at IS NULL FOR UPDATE",
            Rows.Document,
            cancellationToken,
            ("id", id),
            ("user", userId)
        ) ?? throw RefusedException.Missing("document");

    private ValueTask<T> ReadAsync<T>(Func<DatabaseSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        database.ExecuteAsync(OperationSafety.Idempotent, work, cancellationToken);
}
