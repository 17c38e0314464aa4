namespace LedgerLift.Auditing;

/// <summary>The chain of batch headers and checkpoints: whether each follows on the one before, is signed and agrees with the anchors.</summary>
internal sealed class BatchChain(string origin, SignatureCheck signatures, AnchorSet anchors, TamperList tampers)
{
    private readonly MerkleFrontier _tree = new();
    private AuditHash _lastBatch;
    private AuditHash? _lastCheckpoint = AuditHash.Zero;
    private bool _isTreeWhole = true;
    private long _next;

    /// <summary>How many batches were seen at their place.</summary>
    internal long Batches { get; private set; }

    // How many entries the batches so far have: where the next one begins.
    private long Position { get; set; }

    /// <summary>Checks a header and its checkpoint. Gives the position of its first entry, or null when the batch is at no place of the chain, so that its entries mean nothing.</summary>
    internal long? Append(AuditBatch batch, AuditCheckpoint? checkpoint)
    {
        var isAfterGap = batch.Number > _next;
        if (batch.Number < _next)
        {
            tampers.Add(AuditTamperKinds.BatchMisplaced, Position, $"Batch {batch.Number} comes where batch {_next} should.");
            return null;
        }

        if (isAfterGap)
            ReportGap(batch);
        var before = tampers.Count;
        var signed = CheckSignature(batch, checkpoint);
        var sealedHash = anchors.Find(batch.Number)?.BatchHash ?? signed?.BatchHash;
        CheckHeader(batch, sealedHash, isAfterGap);
        _lastBatch = sealedHash ?? batch.Hash;
        _tree.Append(AuditBatchTree.LeafOf(_lastBatch));
        if (signed is not null)
            CheckCheckpoint(batch, signed, isAfterGap, tampers.Count == before);
        _lastCheckpoint = anchors.Find(batch.Number)?.Hash ?? signed?.Hash;
        var firstPosition = Position;
        Position = SizeAfter(batch, sealedHash, signed);
        _next = batch.Number + 1;
        Batches++;
        return firstPosition;
    }

    /// <summary>To be called after the last batch: compares the end with the anchors.</summary>
    internal void Complete()
    {
        if (anchors.Last is { } last && last.BatchNumber >= _next)
            tampers.Add(
                AuditTamperKinds.BatchRemoved,
                Position,
                $"An anchor vouches for batches up to {last.BatchNumber} and {last.Size} entries, and the trail ends before batch {_next}."
            );
    }

    // What is signed counts; a header that was changed must not shift the positions of all that follow.
    private long SizeAfter(AuditBatch batch, AuditHash? sealedHash, AuditCheckpoint? signed) =>
        sealedHash == batch.Hash ? batch.FirstPosition + batch.Count
        : (anchors.Find(batch.Number) ?? signed) is { } checkpoint && checkpoint.BatchNumber == batch.Number ? checkpoint.Size
        : Position + Math.Max(0, batch.Count);

    private void ReportGap(AuditBatch batch)
    {
        var gap = batch.Number - 1 == _next ? $"Batch {_next} is" : $"Batches {_next} to {batch.Number - 1} are";
        tampers.Add(AuditTamperKinds.BatchRemoved, Position, $"{gap} gone.");
        Position = Math.Max(Position, batch.FirstPosition);
        _isTreeWhole = false;
    }

    private void CheckHeader(AuditBatch batch, AuditHash? sealedHash, bool isAfterGap)
    {
        if (sealedHash is { } hash)
        {
            if (batch.Hash != hash)
                tampers.Add(AuditTamperKinds.BatchAltered, Position, $"The header of batch {batch.Number} is not the one that was signed.");
            else if (!isAfterGap && batch.Previous != _lastBatch)
                tampers.Add(
                    AuditTamperKinds.BatchAltered,
                    Position,
                    $"Batch {batch.Number} was signed on top of another batch {batch.Number - 1}."
                );
            return;
        }

        if (!isAfterGap && batch.Previous != _lastBatch)
            tampers.Add(AuditTamperKinds.BatchAltered, Position, $"Batch {batch.Number} does not follow on batch {batch.Number - 1}.");
        if (
            !string.Equals(batch.Origin, origin, StringComparison.Ordinal)
            || (!isAfterGap && batch.FirstPosition != Position)
            || batch.Count < 1
        )
            tampers.Add(AuditTamperKinds.BatchAltered, Position, $"The header of batch {batch.Number} does not fit its place.");
    }

    private AuditCheckpoint? CheckSignature(AuditBatch batch, AuditCheckpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            tampers.Add(AuditTamperKinds.CheckpointRemoved, Position, $"The checkpoint of batch {batch.Number} is gone.");
            return null;
        }

        var fault = signatures.FaultOf(checkpoint);
        if (fault is not null)
            tampers.Add(AuditTamperKinds.SignatureInvalid, Position, $"The signature of the checkpoint of batch {batch.Number} {fault}.");
        else if (checkpoint.BatchNumber != batch.Number || !string.Equals(checkpoint.Origin, origin, StringComparison.Ordinal))
            tampers.Add(
                AuditTamperKinds.CheckpointAltered,
                Position,
                $"The checkpoint at batch {batch.Number} is signed, but for another batch or trail."
            );
        else
            return checkpoint;
        return null;
    }

    private void CheckCheckpoint(AuditBatch batch, AuditCheckpoint signed, bool isAfterGap, bool isUnsuspected)
    {
        if (anchors.Find(batch.Number) is { } anchor && anchor.Hash != signed.Hash)
        {
            tampers.Add(
                AuditTamperKinds.CheckpointAltered,
                Position,
                $"The checkpoint of batch {batch.Number} is not the one that was anchored."
            );
            return;
        }

        var follows = isAfterGap || _lastCheckpoint is not { } last || signed.Previous == last;
        var fits = !_isTreeWhole || signed.Root == _tree.Root;
        if (!follows || !fits || (isUnsuspected && signed.Size != batch.FirstPosition + batch.Count))
            tampers.Add(
                AuditTamperKinds.CheckpointAltered,
                Position,
                $"The checkpoint of batch {batch.Number} does not follow on the trail before it."
            );
    }
}
