using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

/// <summary>A small trail in which nothing is left to chance, for golden files.</summary>
internal sealed class SealedExample
{
    private static readonly byte[] s_salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    public SealedExample()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2030, 7, 1, 0, 0, 0, TimeSpan.Zero));
        var sealer = new AuditSealer("example", TrailGenerator.Key, clock);
        Records = [AuditRecord.Create(AuditEntries.Full, s_salt), AuditRecord.Create(AuditEntries.Bare, s_salt)];
        AuditHash[] leaves = [.. Records.Select(record => record.ComputeLeaf())];
        First = sealer.Seal(leaves.AsSpan(0, 1), "2030-06");
        clock.Advance(TimeSpan.FromSeconds(5));
        Second = sealer.Seal(leaves.AsSpan(1), "1970-01");
        Tombstone = sealer.SignTombstone(AuditTombstoneKind.Details, AuditEntries.Full.Id.ToString(), 0);
        Leaves = leaves;
    }

    public IReadOnlyList<AuditRecord> Records { get; }

    public AuditHash[] Leaves { get; }

    public AuditSeal First { get; }

    public AuditSeal Second { get; }

    public AuditTombstone Tombstone { get; }

    public AuditInclusionProof Proof =>
        AuditInclusionProof.Create(
            Records[0],
            0,
            Leaves.AsSpan(0, 1),
            First.Batch,
            [First.Batch.Hash, Second.Batch.Hash],
            Second.Checkpoint
        );

    public async Task<byte[]> ExportAsync()
    {
        using var output = new MemoryStream();
        var writer = new AuditTrailWriter(output, "example");
        await writer.WriteTombstoneAsync(Tombstone);
        await writer.WriteBatchAsync(First.Batch, First.Checkpoint);
        await writer.WriteEntryAsync(0, Records[0], Leaves[0]);
        await writer.WriteBatchAsync(Second.Batch, Second.Checkpoint);
        await writer.WriteEntryAsync(0, Records[1], Leaves[1]);
        await writer.CompleteAsync();
        return output.ToArray();
    }
}
