namespace LedgerLift.Auditing;

/// <summary>The checkpoints that were kept out of reach, by batch.</summary>
internal sealed class AnchorSet
{
    private readonly Dictionary<long, AuditCheckpoint> _byBatch = [];

    internal AnchorSet(IEnumerable<AuditCheckpoint> anchors, string origin, SignatureCheck signatures, TamperList tampers)
    {
        foreach (var anchor in anchors)
        {
            if (!string.Equals(anchor.Origin, origin, StringComparison.Ordinal))
                tampers.Add(
                    AuditTamperKinds.CheckpointAltered,
                    0,
                    $"An anchored checkpoint of batch {anchor.BatchNumber} is of another trail."
                );
            else if (signatures.FaultOf(anchor) is { } fault)
                tampers.Add(
                    AuditTamperKinds.SignatureInvalid,
                    0,
                    $"The signature of the anchored checkpoint of batch {anchor.BatchNumber} {fault}."
                );
            else
                Keep(anchor, tampers);
        }
    }

    /// <summary>The last batch that an anchor vouches for; null without anchors.</summary>
    internal AuditCheckpoint? Last { get; private set; }

    internal AuditCheckpoint? Find(long batch) => _byBatch.GetValueOrDefault(batch);

    private void Keep(AuditCheckpoint anchor, TamperList tampers)
    {
        // The first one counts: a second can only have been made after the trail was changed.
        if (!_byBatch.TryAdd(anchor.BatchNumber, anchor))
        {
            var first = _byBatch[anchor.BatchNumber];
            if (first.Hash != anchor.Hash)
                tampers.Add(
                    AuditTamperKinds.CheckpointAltered,
                    Math.Min(first.Size, anchor.Size),
                    $"Two different checkpoints of batch {anchor.BatchNumber} were anchored: the trail was set back and went on."
                );
            return;
        }

        if (Last is null || anchor.BatchNumber > Last.BatchNumber)
            Last = anchor;
    }
}
