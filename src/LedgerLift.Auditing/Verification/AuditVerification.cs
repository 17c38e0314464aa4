namespace LedgerLift.Auditing;

/// <summary>What a verification found.</summary>
/// <param name="Clean">True when everything that was sealed is there, unchanged and in its order.</param>
/// <param name="Tampers">What is not, in the order of the positions; at most 1 000, then one more of the kind <see cref="AuditTamperKinds.More"/>. Empty when clean.</param>
public sealed record AuditVerification(bool Clean, IReadOnlyList<AuditTamper> Tampers)
{
    /// <summary>How many entries were verified.</summary>
    public long Entries { get; init; }

    /// <summary>How many batches were verified, dropped ones included.</summary>
    public long Batches { get; init; }

    /// <summary>How many entries were dropped by retention, with a tombstone.</summary>
    public long Dropped { get; init; }

    /// <summary>How many entries had their details erased, with a tombstone.</summary>
    public long Erased { get; init; }

    /// <summary>How many entries the last checkpoint outside vouches for: with fewer than <see cref="Entries"/>, the rest could be cut off without a trace. 0 without anchors.</summary>
    public long Anchored { get; init; }
}
