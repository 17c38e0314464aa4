namespace LedgerLift.Auditing;

/// <summary>The tree over the batches of a trail, whose root stands in each checkpoint.</summary>
internal static class AuditBatchTree
{
    /// <summary>The leaf of a batch: the leaf hash over the hash of its header.</summary>
    internal static AuditHash LeafOf(AuditHash batchHash)
    {
        Span<byte> bytes = stackalloc byte[AuditHash.Length];
        batchHash.CopyTo(bytes);
        return MerkleTree.HashLeaf(bytes);
    }
}
