namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// Brings rows to their places in a batch by the ids that were sealed there. Rows come in the order of sealing, so that most are at the next place; the ids are
/// looked up only from the first one on that is not.
/// </summary>
internal sealed class BatchRows(StoredBatch batch, AuditBatch header, AuditTrailVerifier verifier)
{
    private const int LongestReport = 2;
    private readonly bool[] _isFound = new bool[Math.Clamp(header.Count, 0, batch.IdCount)];
    private Dictionary<Guid, int>? _places;
    private int _next;
    private int _moved;

    /// <summary>The position of the entry that is expected next.</summary>
    internal long NextPosition => header.FirstPosition + _next;

    /// <summary>Hands the entry to the verifier; false when the batch has no such entry, or has had it already.</summary>
    internal bool TryAdd(Guid id, AuditRecord record)
    {
        var place = PlaceOf(id);
        if (place < 0 || _isFound[place])
            return false;
        if (place < _next && _moved++ < LongestReport)
            verifier.Report(
                new AuditTamper(
                    AuditTamperKinds.EntryMoved,
                    header.FirstPosition + place,
                    $"The entry {id} of batch {header.Number} stands behind entries that were sealed after it."
                )
            );
        _isFound[place] = true;
        _next = Math.Max(_next, place + 1);
        verifier.AddEntry(place, record, LeafAt(place));
        return true;
    }

    /// <summary>To be called after the last row: what was sealed and is not there.</summary>
    internal void Complete()
    {
        for (var place = 0; place < _isFound.Length; place++)
            if (!_isFound[place])
                verifier.AddEntry(place, record: null, LeafAt(place));
        if (batch.IdCount != header.Count || batch.Leaves.Length != header.Count)
            verifier.Report(
                new AuditTamper(
                    AuditTamperKinds.LeavesAltered,
                    header.FirstPosition,
                    $"Batch {header.Number} has {header.Count} entries, and keeps {batch.IdCount} ids and {batch.Leaves.Length} leaf hashes."
                )
            );
    }

    private AuditHash? LeafAt(int place) => place < batch.Leaves.Length ? batch.Leaves[place] : null;

    private int PlaceOf(Guid id)
    {
        if (_next < _isFound.Length && batch.IdAt(_next) == id)
            return _next;
        if (_places is null)
        {
            _places = new Dictionary<Guid, int>(_isFound.Length);
            for (var place = 0; place < _isFound.Length; place++)
                _places.TryAdd(batch.IdAt(place), place);
        }

        return _places.GetValueOrDefault(id, -1);
    }
}
