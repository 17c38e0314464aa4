namespace LedgerLift.Auditing;

/// <summary>One page of a query.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="NextCursor">For <see cref="AuditFilters.Cursor"/> of the next query; null when there is no more.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? NextCursor);
