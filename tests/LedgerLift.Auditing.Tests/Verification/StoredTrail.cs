using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

/// <summary>A trail as a database would hold it, table by table, so that a test can do to it what a superuser could.</summary>
internal sealed class StoredTrail
{
    public const string Origin = "test-trail";

    private readonly AuditSealer _sealer;

    public StoredTrail(AuditSigningKey key, ManualTimeProvider? clock = null)
    {
        Key = key;
        Clock = clock ?? new ManualTimeProvider();
        _sealer = new AuditSealer(Origin, key, Clock);
    }

    public AuditSigningKey Key { get; }

    public ManualTimeProvider Clock { get; }

    public Dictionary<Guid, AuditRecord> Records { get; } = [];

    public List<StoredEntry> Seals { get; } = [];

    public SortedDictionary<long, AuditBatch> Batches { get; } = [];

    public SortedDictionary<long, AuditCheckpoint> Checkpoints { get; } = [];

    public List<AuditTombstone> Tombstones { get; } = [];

    /// <summary>Out of reach of the superuser.</summary>
    public List<AuditCheckpoint> Anchors { get; } = [];

    public AuditSealer Sealer => _sealer;

    public void Seal(string partition, params AuditEntry[] entries)
    {
        AuditRecord[] records = [.. entries.Select(AuditRecord.Create)];
        AuditHash[] leaves = [.. records.Select(record => record.ComputeLeaf())];
        var seal = _sealer.Seal(leaves, partition);
        Batches.Add(seal.Batch.Number, seal.Batch);
        Checkpoints.Add(seal.Batch.Number, seal.Checkpoint);
        Anchors.Add(seal.Checkpoint);
        for (var i = 0; i < entries.Length; i++)
        {
            Records.Add(entries[i].Id, records[i]);
            Seals.Add(new StoredEntry(seal.Batch.Number, i, entries[i].Id, leaves[i]));
        }
    }

    /// <summary>Erases details by right.</summary>
    public void Erase(StoredEntry entry)
    {
        Tombstones.Add(_sealer.SignTombstone(AuditTombstoneKind.Details, entry.EntryId.ToString(), entry.Batch));
        Records[entry.EntryId] = Records[entry.EntryId].Erase();
    }

    /// <summary>Drops a partition by right.</summary>
    public void Drop(string partition)
    {
        var batches = Batches.Values.Where(batch => batch.Partition == partition).Select(batch => batch.Number).ToHashSet();
        Tombstones.Add(_sealer.SignTombstone(AuditTombstoneKind.Partition, partition, batches.Max()));
        foreach (var entry in Seals.Where(entry => batches.Contains(entry.Batch)))
            Records.Remove(entry.EntryId);
    }

    /// <summary>The position of an entry in the untouched trail.</summary>
    public long PositionOf(StoredEntry entry) => Batches[entry.Batch].FirstPosition + entry.Index;

    public AuditVerification Verify(bool withAnchors = true)
    {
        var verifier = new AuditTrailVerifier(Origin, [Key], withAnchors ? Anchors : null, Tombstones);
        foreach (var batch in Batches.Values)
        {
            verifier.AddBatch(batch, Checkpoints.GetValueOrDefault(batch.Number));
            foreach (var entry in Seals.Where(entry => entry.Batch == batch.Number).OrderBy(entry => entry.Index))
                verifier.AddEntry(entry.Index, Records.GetValueOrDefault(entry.EntryId), entry.Leaf);
        }

        return verifier.Complete();
    }

    /// <summary>All rows as text, in no order that counts: two of these are equal when the tables hold the same.</summary>
    public IReadOnlySet<string> Rows() =>
        new HashSet<string>(
            [
                .. Records.Select(record => $"{record.Key} {Row(record.Value)}"),
                .. Seals.Select(seal => seal.ToString()),
                .. Batches.Values.Select(batch => batch.ToString()),
                .. Checkpoints.Select(checkpoint => $"{checkpoint.Key} {checkpoint.Value.Hash}"),
                .. Tombstones.Select(tombstone => Convert.ToHexString(tombstone.ToSignedBytes())),
            ],
            StringComparer.Ordinal
        );

    private static string Row(AuditRecord record) =>
        $"{Convert.ToHexString(record.Header.Span)} {record.DetailsHash} {Hex(record.Details)} {Hex(record.Salt)}";

    private static string Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Convert.ToHexString(some.Span) : "none";
}
