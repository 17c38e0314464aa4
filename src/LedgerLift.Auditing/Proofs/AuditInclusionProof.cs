namespace LedgerLift.Auditing;

/// <summary>That one entry is in a trail, for somebody who has nothing of the trail but the key's public half and perhaps a checkpoint: two paths of hashes and a signature. Immutable.</summary>
public sealed class AuditInclusionProof
{
    /// <summary>Takes the parts of a proof. Nothing is checked here.</summary>
    /// <param name="record">The entry as it is stored.</param>
    /// <param name="index">Its place in its batch, from 0.</param>
    /// <param name="batchPath">The audit path from its leaf to the root of its batch.</param>
    /// <param name="batch">The header of its batch.</param>
    /// <param name="checkpointPath">The audit path from the batch to the root in the checkpoint.</param>
    /// <param name="checkpoint">A checkpoint of this batch or a later one.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public AuditInclusionProof(
        AuditRecord record,
        int index,
        IReadOnlyList<AuditHash> batchPath,
        AuditBatch batch,
        IReadOnlyList<AuditHash> checkpointPath,
        AuditCheckpoint checkpoint
    )
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(batchPath);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(checkpointPath);
        ArgumentNullException.ThrowIfNull(checkpoint);
        Record = record;
        Index = index;
        BatchPath = [.. batchPath];
        Batch = batch;
        CheckpointPath = [.. checkpointPath];
        Checkpoint = checkpoint;
    }

    /// <summary>The entry as it is stored.</summary>
    public AuditRecord Record { get; }

    /// <summary>Its place in its batch, from 0.</summary>
    public int Index { get; }

    /// <summary>The audit path from its leaf to the root of its batch, the lowest hash first.</summary>
    public IReadOnlyList<AuditHash> BatchPath { get; }

    /// <summary>The header of its batch.</summary>
    public AuditBatch Batch { get; }

    /// <summary>The audit path from the batch to the root in the checkpoint, the lowest hash first.</summary>
    public IReadOnlyList<AuditHash> CheckpointPath { get; }

    /// <summary>The signed checkpoint.</summary>
    public AuditCheckpoint Checkpoint { get; }

    /// <summary>Makes the proof of an entry.</summary>
    /// <param name="record">The entry as it is stored.</param>
    /// <param name="index">Its place in its batch, from 0.</param>
    /// <param name="leaves">The leaves of its batch, in their order.</param>
    /// <param name="batch">The header of its batch.</param>
    /// <param name="batchHashes">The hashes of the headers of all batches up to and with the checkpoint's.</param>
    /// <param name="checkpoint">A checkpoint of this batch or a later one; best one that is anchored.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no place of the batch, or the batch none of the checkpoint's.</exception>
    public static AuditInclusionProof Create(
        AuditRecord record,
        int index,
        ReadOnlySpan<AuditHash> leaves,
        AuditBatch batch,
        ReadOnlySpan<AuditHash> batchHashes,
        AuditCheckpoint checkpoint
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(checkpoint);
        var batchLeaves = new AuditHash[batchHashes.Length];
        for (var i = 0; i < batchLeaves.Length; i++)
            batchLeaves[i] = AuditBatchTree.LeafOf(batchHashes[i]);
        return new AuditInclusionProof(
            record,
            index,
            MerkleTree.ProveInclusion(leaves, index),
            batch,
            MerkleTree.ProveInclusion(batchLeaves, (int)Math.Min(batch.Number, int.MaxValue)),
            checkpoint
        );
    }

    /// <summary>Verifies the proof, offline.</summary>
    /// <param name="keys">The keys that may have signed, public ones or secrets.</param>
    /// <param name="fault">What does not fit; null when all does.</param>
    /// <returns>True when the entry, with its details unless they were erased, is in the trail that the checkpoint stands for.</returns>
    /// <exception cref="ArgumentException">There is no key, or two have one id.</exception>
    public bool Verify(IEnumerable<AuditSigningKey> keys, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(keys);
        fault = FindFault(new SignatureCheck(keys));
        return fault is null;
    }

    /// <summary>The proof as one line of JSON.</summary>
    /// <returns>A new array, UTF-8.</returns>
    public byte[] ToJson() => InclusionProofJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> gave.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <returns>The proof; nothing of it is verified.</returns>
    /// <exception cref="ArgumentException">The text is no proof; the message names the field that is missing or bad.</exception>
    public static AuditInclusionProof FromJson(ReadOnlyMemory<byte> utf8) => InclusionProofJson.Read(utf8);

    private string? FindFault(SignatureCheck signatures)
    {
        if (!Record.AreDetailsIntact())
            return "The details are not those that were sealed.";
        if (!MerkleTree.VerifyInclusion(Record.ComputeLeaf(), Index, Batch.Count, [.. BatchPath], Batch.Root))
            return "The entry is not in its batch.";
        var batchLeaf = AuditBatchTree.LeafOf(Batch.Hash);
        if (!MerkleTree.VerifyInclusion(batchLeaf, Batch.Number, Checkpoint.BatchNumber + 1, [.. CheckpointPath], Checkpoint.Root))
            return "The batch is not in the trail of the checkpoint.";
        if (!string.Equals(Batch.Origin, Checkpoint.Origin, StringComparison.Ordinal))
            return "The batch and the checkpoint are of two trails.";
        return signatures.FaultOf(Checkpoint) is { } fault ? $"The signature of the checkpoint {fault}." : null;
    }
}
