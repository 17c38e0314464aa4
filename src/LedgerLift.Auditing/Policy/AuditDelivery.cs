namespace LedgerLift.Auditing;

/// <summary>When a durable logger returns. A logger in memory has one way only and does not look at it.</summary>
public enum AuditDelivery
{
    /// <summary>When the store has committed the entry.</summary>
    Committed,

    /// <summary>When the entry cannot be lost any more, in the store or in a file that is replayed into it.</summary>
    DurableAsync,

    /// <summary>At once; the entry is dropped when there is no room for it. For reads.</summary>
    BestEffort,
}
