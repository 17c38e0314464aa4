namespace DocumentPipeline;

/// <summary>A document with its place in the queue.</summary>
internal sealed record QueuedDocument(Document Document)
{
    public Guid? LeaseId { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>New, due again, or held under a lease that ran out.</summary>
    public bool IsDue(DateTimeOffset now) =>
        Document.DeletedAt is null
        && Document.Status switch
        {
            DocumentStatus.Uploaded or DocumentStatus.Retrying => NotBefore <= now,
            DocumentStatus.Processing => LeaseUntil is null || LeaseUntil <= now,
            _ => false,
        };
}
