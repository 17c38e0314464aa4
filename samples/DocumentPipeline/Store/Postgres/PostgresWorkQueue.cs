using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;

namespace DocumentPipeline;

/// <summary>The queue in the table of documents: taken with <c>SKIP LOCKED</c>, leased by the database's clock.</summary>
public sealed class PostgresWorkQueue(IDatabase database, PostgresAuditLogger audit) : IWorkQueue
{
    // Due: new, due again, or held under a lease that ran out.
    private const string Due = """
        deleted_at IS NULL AND (
            (status IN ('uploaded', 'retrying') AND not_before <= now())
            OR (status = 'processing' AND (lease_until IS NULL OR lease_until <= now())))
        """;

    /// <inheritdoc/>
    public Task<WorkItem?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken) =>
        TakeAsync(
            $"SELECT id, status FROM documents WHERE {Due} ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED",
            id: null,
            lease,
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<WorkItem> TakeAsync(Guid id, TimeSpan lease, CancellationToken cancellationToken) =>
        await TakeAsync($"SELECT id, status FROM documents WHERE id = @id AND {Due} FOR UPDATE", id, lease, cancellationToken)
        ?? throw RefusedException.NotDue();

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(WorkItem item, TimeSpan lease, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            LedgerLift.Resilience.OperationSafety.Idempotent,
            async (session, token) =>
                await session.ExecuteAsync(
                    "UPDATE documents SET lease_until = now() + @lease WHERE id = @id AND lease_id = @held",
                    token,
                    ("lease", lease),
                    ("id", item.Document.Id),
                    ("held", item.LeaseId)
                ) == 1,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(WorkItem item, Extraction found, CancellationToken cancellationToken) =>
        EndAsync(
            item,
            DocumentStatus.Completed,
            error: null,
            wait: TimeSpan.Zero,
            async (session, token) =>
            {
                await ArtifactWriter.WriteAsync(session, found.Artifacts, token);
                return Trail.Completed(item, found);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> FailAsync(WorkItem item, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var action = Trail.GivenBack(item, reason, retryAfter);
        return EndAsync(
            item,
            Trail.StatusAfter(retryAfter),
            reason,
            retryAfter ?? TimeSpan.Zero,
            (_, _) => ValueTask.FromResult(action),
            cancellationToken
        );
    }

    private async Task<bool> EndAsync(
        WorkItem item,
        DocumentStatus status,
        string? error,
        TimeSpan wait,
        Func<DatabaseSession, CancellationToken, ValueTask<LedgerLift.Auditing.AuditAction>> write,
        CancellationToken cancellationToken
    ) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                DocumentTransitions.Check(DocumentStatus.Processing, status);
                var held = await session.ExecuteAsync(
                    """
                    UPDATE documents SET status = @status, error_message = @error, lease_id = NULL, lease_until = NULL,
                        not_before = now() + @wait, updated_at = now()
                    WHERE id = @id AND lease_id = @held AND status = 'processing' AND deleted_at IS NULL
                    """,
                    token,
                    ("status", StatusNames.Of(status)),
                    ("error", error),
                    ("wait", wait),
                    ("id", item.Document.Id),
                    ("held", item.LeaseId)
                );
                if (held == 0)
                    return false;
                await audit.LogActionAsync(await write(session, token), session.Transaction!, token);
                return true;
            },
            cancellationToken: cancellationToken
        );

    private async Task<WorkItem?> TakeAsync(string select, Guid? id, TimeSpan lease, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var values = id is { } wanted ? [("id", (object?)wanted)] : Array.Empty<(string, object?)>();
                var due = await session.QueryAsync(
                    select,
                    row => (Id: row.GetGuid(0), Status: StatusNames.Parse(row.GetString(1))),
                    token,
                    values
                );
                return due is [var first] ? await HoldAsync(session, first.Id, first.Status, lease, token) : null;
            },
            cancellationToken: cancellationToken
        );

    private async ValueTask<WorkItem> HoldAsync(
        DatabaseSession session,
        Guid id,
        DocumentStatus before,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var isTakenOver = before == DocumentStatus.Processing;
        if (!isTakenOver)
            DocumentTransitions.Check(before, DocumentStatus.Processing);
        var leaseId = Guid.NewGuid();
        var item = await session.FirstAsync(
            $"""
            UPDATE documents SET status = 'processing', error_message = NULL, lease_id = @held, lease_until = now() + @lease,
                attempts = attempts + 1, updated_at = now()
            WHERE id = @id RETURNING {Rows.DocumentColumns}, attempts
            """,
            row => new WorkItem(Rows.Document(row), leaseId, row.GetInt32(14)),
            cancellationToken,
            ("held", leaseId),
            ("lease", lease),
            ("id", id)
        );
        await audit.LogActionAsync(Trail.Taken(id, isTakenOver, item!.Attempt), session.Transaction!, cancellationToken);
        return item;
    }
}
