namespace LedgerLift.Auditing;

/// <summary>Verifies a trail that is handed over piece by piece, from its first batch on: pure, without I/O, in memory for one batch. Not safe for several threads.</summary>
/// <remarks>
/// For each batch, <see cref="AddBatch"/>, then <see cref="AddEntry"/> for its entries in any order; at the end <see cref="Complete"/>. It finds what was
/// changed by somebody who has not got the key, whatever they rewrote; with anchors also by somebody who has. What was not yet sealed is not protected.
/// </remarks>
public sealed class AuditTrailVerifier
{
    private readonly TamperList _tampers = new();
    private readonly BatchChain _chain;
    private readonly TombstoneSet _tombstones;
    private readonly long _anchored;
    private BatchEntries? _entries;
    private long _found;
    private long _erased;
    private long _dropped;
    private bool _hasBegun;
    private bool _isComplete;

    /// <summary>Makes a verifier for one trail.</summary>
    /// <param name="origin">The name of the trail.</param>
    /// <param name="keys">All keys that ever signed it, public ones or secrets, each id once. Not disposed here.</param>
    /// <param name="anchors">The checkpoints that were kept out of reach; null for none. Without them, a trail that was cut at its end looks whole.</param>
    /// <param name="tombstones">What was taken out by right; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is blank, there is no key, or two have one id.</exception>
    public AuditTrailVerifier(
        string origin,
        IEnumerable<AuditSigningKey> keys,
        IEnumerable<AuditCheckpoint>? anchors = null,
        IEnumerable<AuditTombstone>? tombstones = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(origin);
        ArgumentNullException.ThrowIfNull(keys);
        var signatures = new SignatureCheck(keys);
        var anchorSet = new AnchorSet(anchors ?? [], origin, signatures, _tampers);
        _tombstones = new TombstoneSet(tombstones ?? [], origin, signatures, _tampers);
        _chain = new BatchChain(origin, signatures, anchorSet, _tampers);
        _anchored = anchorSet.Last?.Size ?? 0;
    }

    /// <summary>Begins the next batch and ends the one before.</summary>
    /// <param name="batch">The header as it is stored.</param>
    /// <param name="checkpoint">The checkpoint that is stored with it; null when it is gone.</param>
    /// <exception cref="ArgumentNullException"><paramref name="batch"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called.</exception>
    public void AddBatch(AuditBatch batch, AuditCheckpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfComplete();
        EndBatch();
        _hasBegun = true;
        if (_chain.Append(batch, checkpoint) is { } firstPosition)
            _entries = new BatchEntries(batch, firstPosition, _tombstones, _tampers);
    }

    /// <summary>Adds an entry of the batch that was begun last.</summary>
    /// <param name="index">Its place in the batch, from 0.</param>
    /// <param name="record">The entry as it is stored; null when it is gone, and only the seal's leaf hash is there.</param>
    /// <param name="storedLeaf">The leaf hash that the seal keeps for the place; null when it keeps none. It is not trusted, but tells which of several entries was changed.</param>
    /// <exception cref="InvalidOperationException">No batch was begun, or <see cref="Complete"/> was called.</exception>
    public void AddEntry(int index, AuditRecord? record, AuditHash? storedLeaf = null)
    {
        ThrowIfComplete();
        if (!_hasBegun)
            throw new InvalidOperationException("An entry belongs to a batch; add that first.");
        // The entries of a batch that has no place in the chain are not looked at.
        _entries?.Add(index, record, storedLeaf);
    }

    /// <summary>Adds what the caller found, such as an entry that belongs to no batch although it is old enough.</summary>
    /// <param name="tamper">The finding.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tamper"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called.</exception>
    public void Report(AuditTamper tamper)
    {
        ArgumentNullException.ThrowIfNull(tamper);
        ThrowIfComplete();
        _tampers.Add(tamper);
    }

    /// <summary>Ends the trail.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public AuditVerification Complete()
    {
        ThrowIfComplete();
        EndBatch();
        _chain.Complete();
        _isComplete = true;
        var verification = new AuditVerification(_tampers.Count == 0, _tampers.ToList())
        {
            Entries = _found,
            Batches = _chain.Batches,
            Dropped = _dropped,
            Erased = _erased,
            Anchored = _anchored,
        };
        AuditingMeter.Verified(verification);
        return verification;
    }

    private void EndBatch()
    {
        if (_entries is not { } entries)
            return;
        _entries = null;
        entries.Check();
        _found += entries.Found;
        _erased += entries.Erased;
        _dropped += entries.Dropped;
    }

    private void ThrowIfComplete()
    {
        if (_isComplete)
            throw new InvalidOperationException("The verification has ended; make a new verifier.");
    }
}
