namespace LedgerLift.Auditing;

/// <summary>Filters that were checked, with the cursor read: what a logger needs to run a query. Immutable, safe to use from any thread.</summary>
public sealed class AuditQuery
{
    private AuditQuery(AuditFilters filters, AuditCursor? after)
    {
        Filters = filters;
        After = after;
    }

    /// <summary>The filters, valid; the times are in UTC.</summary>
    public AuditFilters Filters { get; }

    /// <summary>The entry after which the page begins; null for the newest.</summary>
    public AuditCursor? After { get; }

    /// <summary>Checks filters.</summary>
    /// <param name="filters">What to look for.</param>
    /// <returns>The query.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AuditFilters.Limit"/> is outside 1 to 1000.</exception>
    /// <exception cref="ArgumentException"><see cref="AuditFilters.To"/> is before <see cref="AuditFilters.From"/>, or the cursor was not given out for these filters.</exception>
    public static AuditQuery Create(AuditFilters filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        if (filters.Limit is < 1 or > AuditFilters.MaxLimit)
            throw new ArgumentOutOfRangeException(
                nameof(filters),
                filters.Limit,
                $"{nameof(AuditFilters.Limit)} must be 1 to {AuditFilters.MaxLimit}, both inclusive."
            );
        if (filters.To < filters.From)
            throw new ArgumentException($"{nameof(AuditFilters.To)} is before {nameof(AuditFilters.From)}.", nameof(filters));
        var utc = filters with { From = filters.From?.ToUniversalTime(), To = filters.To?.ToUniversalTime() };
        return new AuditQuery(utc, filters.Cursor is { } cursor ? AuditCursor.Decode(cursor, utc, nameof(filters)) : null);
    }

    /// <summary>Whether an entry belongs to the answer: matches all filters and lies after the cursor.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True when it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    public bool Matches(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Is(Filters.UserId, entry.UserId)
            && Is(Filters.Action, entry.Action)
            && Is(Filters.ResourceType, entry.ResourceType)
            && Is(Filters.ResourceId, entry.ResourceId)
            && Is(Filters.Result, entry.Result)
            && Is(Filters.RequestId, entry.RequestId)
            && !(entry.Timestamp < Filters.From)
            && !(entry.Timestamp >= Filters.To)
            && After?.IsAfter(entry) != false;
    }

    /// <summary>The cursor of the page after one that ends with an entry.</summary>
    /// <param name="last">The last entry of the page.</param>
    /// <returns>The cursor's text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="last"/> is null.</exception>
    public string CursorAfter(AuditEntry last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new AuditCursor(last.Timestamp, last.Id).Encode(Filters);
    }

    private static bool Is(string? wanted, string? found) => wanted is null || string.Equals(wanted, found, StringComparison.Ordinal);
}
