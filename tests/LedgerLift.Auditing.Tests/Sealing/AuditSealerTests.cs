using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditSealerTests
{
    private static readonly AuditHash s_leaf = MerkleTree.HashLeaf([1]);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Batches_follow_on_each_other()
    {
        var sealer = Sealer();

        var first = sealer.Seal([s_leaf, s_leaf], "2030-06");
        var second = sealer.Seal([s_leaf], "2030-07");

        Assert.Equal((0, 0, 2), (first.Batch.Number, first.Batch.FirstPosition, first.Batch.Count));
        Assert.Equal((1, 2, 1), (second.Batch.Number, second.Batch.FirstPosition, second.Batch.Count));
        Assert.Equal(AuditHash.Zero, first.Batch.Previous);
        Assert.Equal(first.Batch.Hash, second.Batch.Previous);
        Assert.Equal(first.Checkpoint.Hash, second.Checkpoint.Previous);
        Assert.Equal((2, 3), (first.Checkpoint.Size, second.Checkpoint.Size));
        Assert.Equal(second.Batch.Hash, second.Checkpoint.BatchHash);
        Assert.Equal((2, 3), (sealer.BatchCount, sealer.Size));
        Assert.Same(second.Checkpoint, sealer.LastCheckpoint);
    }

    [Fact]
    public void A_restored_sealer_goes_on_as_if_nothing_had_been()
    {
        var whole = Sealer();
        AuditSeal[] seals = [.. Enumerable.Range(0, 9).Select(_ => whole.Seal([s_leaf], "p"))];
        var restored = Sealer();
        foreach (var seal in seals)
            restored.Restore(seal.Batch, seal.Checkpoint);

        Assert.Equal(whole.Seal([s_leaf], "p"), restored.Seal([s_leaf], "p"));
    }

    [Fact]
    public void A_sealer_refuses_to_go_on_from_a_changed_trail()
    {
        var whole = Sealer();
        var (first, second) = (whole.Seal([s_leaf], "p"), whole.Seal([s_leaf], "p"));

        Assert.Throws<ArgumentException>(() => Sealer().Restore(second.Batch, second.Checkpoint));
        Assert.Throws<ArgumentException>(() => Sealer().Restore(first.Batch with { Count = 2 }, first.Checkpoint));
        Assert.Throws<ArgumentException>(() => Sealer().Restore(first.Batch, second.Checkpoint));
        Assert.Throws<ArgumentException>(() => Sealer().Restore(first.Batch, first.Checkpoint with { Size = 2 }));
        Assert.Throws<ArgumentException>(() => Sealer().Restore(first.Batch, first.Checkpoint with { Root = s_leaf }));
        Assert.Throws<ArgumentException>(() => new AuditSealer("other", TrailGenerator.Key).Restore(first.Batch, first.Checkpoint));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        using var pair = KeyPair.Make();

        Assert.Throws<ArgumentException>(() => new AuditSealer(" ", TrailGenerator.Key));
        Assert.Throws<ArgumentException>(() => new AuditSealer("t", pair.Public));
        Assert.Throws<ArgumentException>(() => Sealer().Seal([], "p"));
        Assert.Throws<ArgumentException>(() => Sealer().Seal([s_leaf], ""));
        Assert.Throws<ArgumentException>(() => Sealer().SignTombstone(AuditTombstoneKind.Details, "", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sealer().SignTombstone(AuditTombstoneKind.Details, "x", -1));
    }

    private AuditSealer Sealer() => new("t", TrailGenerator.Key, _clock);
}
