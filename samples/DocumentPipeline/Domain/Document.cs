namespace DocumentPipeline;

/// <summary>A document that was uploaded and registered. Belongs to one user, who alone sees it.</summary>
public sealed record Document(Guid Id, string UserId, string Key, string FileName, string ContentType, long FileSize, string Sha256)
{
    /// <summary>Where it stands.</summary>
    public DocumentStatus Status { get; init; }

    /// <summary>Why it failed or is tried again; null otherwise.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The date printed on the document; null when nobody said.</summary>
    public DateOnly? DocumentDate { get; init; }

    /// <summary>When it was registered, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its owner deleted it; its trail stays.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The span that registered it, as a W3C <c>traceparent</c>; null when there was none.</summary>
    public string? TraceParent { get; init; }
}
