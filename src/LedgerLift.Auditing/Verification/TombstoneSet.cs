namespace LedgerLift.Auditing;

/// <summary>The tombstones of a trail whose signature is right.</summary>
internal sealed class TombstoneSet
{
    private readonly Dictionary<(AuditTombstoneKind Kind, string Subject), long> _lastBatches = [];

    internal TombstoneSet(IEnumerable<AuditTombstone> tombstones, string origin, SignatureCheck signatures, TamperList tampers)
    {
        foreach (var tombstone in tombstones)
        {
            var fault = string.Equals(tombstone.Origin, origin, StringComparison.Ordinal)
                ? signatures.FaultOf(tombstone)
                : "is of another trail";
            if (fault is null)
                Keep(tombstone);
            else
                tampers.Add(AuditTamperKinds.TombstoneInvalid, 0, $"The signature of the tombstone for {tombstone.Subject} {fault}.");
        }
    }

    internal bool Explains(AuditTombstoneKind kind, string subject, long batch) =>
        _lastBatches.TryGetValue((kind, subject), out var last) && batch <= last;

    private void Keep(AuditTombstone tombstone)
    {
        var key = (tombstone.Kind, tombstone.Subject);
        _lastBatches[key] = Math.Max(tombstone.LastBatch, _lastBatches.GetValueOrDefault(key, -1));
    }
}
