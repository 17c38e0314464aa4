namespace LedgerLift.Auditing;

/// <summary>Which entries to find: those that match all that is set. Texts match exactly, case-sensitive; null matches everything.</summary>
public sealed record AuditFilters
{
    /// <summary>The greatest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Who did it.</summary>
    public string? UserId { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }

    /// <summary>The kind of thing it was done to.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Which thing it was done to.</summary>
    public string? ResourceId { get; init; }

    /// <summary>How it ended.</summary>
    public string? Result { get; init; }

    /// <summary>In which request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The earliest time, inclusive; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it happened, exclusive; null for no bound. Not before <see cref="From"/>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The most entries in a page: 1 to 1000, both inclusive. The default is 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where to go on: <see cref="AuditPage.NextCursor"/> of the page before, with otherwise the same filters (the limit may differ). Null for the newest entries.</summary>
    public string? Cursor { get; init; }
}
