namespace LedgerLift.Auditing;

/// <summary>Seals leaves into batches and signs a checkpoint for each: pure, without I/O. Not safe for several threads; of a trail, there is one at a time.</summary>
public sealed class AuditSealer
{
    private readonly string _origin;
    private readonly AuditSigningKey _key;
    private readonly TimeProvider _timeProvider;
    private readonly MerkleFrontier _batches = new();
    private AuditHash _lastBatch;
    private AuditHash _lastCheckpoint;

    /// <summary>Makes the sealer of an empty trail.</summary>
    /// <param name="origin">The name of the trail; goes into everything that is sealed, so that parts of another trail do not fit.</param>
    /// <param name="key">A key that can sign. Not disposed here.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is blank or no valid Unicode, or the key cannot sign.</exception>
    public AuditSealer(string origin, AuditSigningKey key, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _origin = AuditText.Required(origin, AuditText.MaxIdBytes, nameof(origin));
        if (!key.CanSign)
            throw new ArgumentException("The key is public and cannot sign.", nameof(key));
        _key = key;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How many batches the trail has: the number of the next one.</summary>
    public long BatchCount => _batches.Count;

    /// <summary>How many entries were sealed: the position of the next one.</summary>
    public long Size { get; private set; }

    /// <summary>The last checkpoint; null when nothing was sealed.</summary>
    public AuditCheckpoint? LastCheckpoint { get; private set; }

    /// <summary>Takes up a trail where it stands: to be called for every batch there is, in order, before the first <see cref="Seal"/>.</summary>
    /// <param name="batch">The header as it is stored.</param>
    /// <param name="checkpoint">The checkpoint that was stored with it.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The two do not follow on what was restored before: the stored trail was changed. Nothing may be sealed on top of it.</exception>
    public void Restore(AuditBatch batch, AuditCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(checkpoint);
        var follows =
            string.Equals(batch.Origin, _origin, StringComparison.Ordinal)
            && string.Equals(checkpoint.Origin, _origin, StringComparison.Ordinal)
            && batch.Number == BatchCount
            && batch.FirstPosition == Size
            && batch.Previous == _lastBatch
            && checkpoint.BatchNumber == batch.Number
            && checkpoint.BatchHash == batch.Hash
            && checkpoint.Previous == _lastCheckpoint;
        if (!follows)
            throw new ArgumentException($"The stored batch {batch.Number} does not follow on the one before.", nameof(batch));
        Append(batch, checkpoint);
        if (checkpoint.Root != _batches.Root || checkpoint.Size != Size)
            throw new ArgumentException($"The stored checkpoint of batch {batch.Number} is not that of the trail.", nameof(checkpoint));
    }

    /// <summary>Seals entries of one partition into the next batch.</summary>
    /// <param name="leaves">The leaves in the order in which the entries will be verified; at least one.</param>
    /// <param name="partition">The partition of all of them, as the month <c>2026-03</c>.</param>
    /// <returns>What is to be stored in one transaction together with which entry is at which place. When storing fails, this sealer must be thrown away.</returns>
    /// <exception cref="ArgumentException">There are no leaves, or <paramref name="partition"/> is blank.</exception>
    public AuditSeal Seal(ReadOnlySpan<AuditHash> leaves, string partition)
    {
        if (leaves.IsEmpty)
            throw new ArgumentException("A batch has one entry or more.", nameof(leaves));
        AuditText.Required(partition, AuditText.MaxNameBytes, nameof(partition));
        var now = AuditInstant.Truncate(_timeProvider.GetUtcNow());
        var batch = new AuditBatch(_origin, BatchCount, Size, leaves.Length, partition, MerkleTree.Root(leaves), _lastBatch, now);
        var draft = new AuditCheckpoint(
            _origin,
            batch.Number,
            batch.Hash,
            Size + leaves.Length,
            _batches.RootWith(AuditBatchTree.LeafOf(batch.Hash)),
            _lastCheckpoint,
            now,
            _key.Id,
            _key.Algorithm,
            default
        );
        var checkpoint = draft with { Signature = _key.Sign(draft.ToSignedBytes()) };
        Append(batch, checkpoint);
        return new AuditSeal(batch, checkpoint);
    }

    /// <summary>Signs that something was taken out by right. Changes nothing of the sealer.</summary>
    /// <param name="kind">What is taken out.</param>
    /// <param name="subject">The id of the entry, or the partition.</param>
    /// <param name="lastBatch">The last batch that it applies to.</param>
    /// <returns>What is to be stored before, or in the same transaction in which, it is taken out.</returns>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is blank or no valid Unicode.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lastBatch"/> is negative.</exception>
    public AuditTombstone SignTombstone(AuditTombstoneKind kind, string subject, long lastBatch)
    {
        AuditText.Required(subject, AuditText.MaxIdBytes, nameof(subject));
        ArgumentOutOfRangeException.ThrowIfNegative(lastBatch);
        var now = AuditInstant.Truncate(_timeProvider.GetUtcNow());
        var draft = new AuditTombstone(_origin, kind, subject, lastBatch, now, _key.Id, _key.Algorithm, default);
        return draft with { Signature = _key.Sign(draft.ToSignedBytes()) };
    }

    private void Append(AuditBatch batch, AuditCheckpoint checkpoint)
    {
        _lastBatch = batch.Hash;
        _batches.Append(AuditBatchTree.LeafOf(_lastBatch));
        _lastCheckpoint = checkpoint.Hash;
        Size += batch.Count;
        LastCheckpoint = checkpoint;
    }
}
