namespace LedgerLift.Auditing;

/// <summary>What was taken out of a trail by right.</summary>
public enum AuditTombstoneKind
{
    /// <summary>The details of one entry, which stays in the trail without them.</summary>
    Details,

    /// <summary>All entries of a partition; the headers of their batches stay.</summary>
    Partition,
}
