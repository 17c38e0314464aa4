namespace LedgerLift.Auditing.Tests;

/// <summary>One row of the seal: which entry stands at which place of which batch, and its leaf hash.</summary>
internal sealed record StoredEntry(long Batch, int Index, Guid EntryId, AuditHash Leaf);
