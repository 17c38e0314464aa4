using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditTrailVerifierTests
{
    private readonly SeededRandom _random = new();

    [Fact]
    public void An_empty_trail_is_clean_unless_an_anchor_vouches_for_more()
    {
        var trail = TrailGenerator.Make(_random);

        Assert.True(new StoredTrail(TrailGenerator.Key).Verify().Clean);
        var gone = new AuditTrailVerifier(StoredTrail.Origin, [TrailGenerator.Key], trail.Anchors).Complete();
        Assert.Equal((AuditTamperKinds.BatchRemoved, 0), Only(gone));
    }

    [Fact]
    public void What_was_cut_off_behind_the_last_anchor_is_not_found_and_the_result_says_how_far_it_vouches()
    {
        var trail = TrailGenerator.Make(_random);
        var last = trail.Batches.Keys.Max();
        trail.Anchors.RemoveAt(trail.Anchors.Count - 1);
        trail.Batches.Remove(last);
        trail.Checkpoints.Remove(last);

        var found = trail.Verify();

        Assert.True(found.Clean);
        Assert.Equal(trail.Batches[last - 1].FirstPosition + trail.Batches[last - 1].Count, found.Anchored);
        Assert.Equal(0, trail.Verify(withAnchors: false).Anchored);
    }

    [Fact]
    public void A_trail_signed_with_several_keys_needs_all_of_them()
    {
        using var pair = KeyPair.Make();
        var first = new AuditSealer("t", TrailGenerator.Key);
        var one = first.Seal([MerkleTree.HashLeaf([1])], "p");
        var second = new AuditSealer("t", pair.Private);
        second.Restore(one.Batch, one.Checkpoint);
        var two = second.Seal([MerkleTree.HashLeaf([2])], "p");
        var dropped = second.SignTombstone(AuditTombstoneKind.Partition, "p", 1);

        AuditVerification Verify(params AuditSigningKey[] keys)
        {
            var verifier = new AuditTrailVerifier("t", keys, [one.Checkpoint, two.Checkpoint], [dropped]);
            verifier.AddBatch(one.Batch, one.Checkpoint);
            verifier.AddBatch(two.Batch, two.Checkpoint);
            return verifier.Complete();
        }

        Assert.True(Verify(TrailGenerator.Key, pair.Public).Clean);
        Assert.Contains(
            Verify(TrailGenerator.Key).Tampers,
            tamper => tamper.Kind == AuditTamperKinds.SignatureInvalid && tamper.Position == 1
        );
        Assert.Contains(Verify(pair.Public).Tampers, tamper => tamper.Kind == AuditTamperKinds.SignatureInvalid && tamper.Position == 0);
    }

    [Fact]
    public void A_key_does_not_verify_what_says_another_algorithm()
    {
        var trail = TrailGenerator.Make(_random);
        var checkpoint = trail.Checkpoints[0] with { Algorithm = AuditSigningKey.EcdsaP256 };
        trail.Checkpoints[0] = checkpoint with { Signature = TrailGenerator.Key.Sign(checkpoint.ToSignedBytes()) };

        Assert.Contains(trail.Verify().Tampers, tamper => tamper.Kind == AuditTamperKinds.SignatureInvalid && tamper.Position == 0);
    }

    [Fact]
    public void A_trail_of_another_name_is_another_trail()
    {
        var trail = TrailGenerator.Make(_random);
        var verifier = new AuditTrailVerifier("other", [TrailGenerator.Key]);
        foreach (var batch in trail.Batches.Values)
            verifier.AddBatch(batch, trail.Checkpoints[batch.Number]);

        Assert.Contains(verifier.Complete().Tampers, tamper => tamper.Kind == AuditTamperKinds.CheckpointAltered);
    }

    [Fact]
    public void A_trail_that_was_set_back_and_went_on_is_found_by_its_anchors()
    {
        var trail = TrailGenerator.Make(_random);
        var rewritten = new StoredTrail(TrailGenerator.Key, trail.Clock);
        rewritten.Seal("2030-01", TrailGenerator.Entry(trail, _random));
        rewritten.Anchors.InsertRange(0, trail.Anchors.Take(1));

        var found = rewritten.Verify();

        Assert.Contains(found.Tampers, tamper => tamper.Kind == AuditTamperKinds.CheckpointAltered);
        Assert.Contains(found.Tampers, tamper => tamper.Kind == AuditTamperKinds.BatchAltered && tamper.Position == 0);
    }

    [Fact]
    public void The_same_checkpoint_may_be_anchored_twice()
    {
        var trail = TrailGenerator.Make(_random);
        trail.Anchors.AddRange([.. trail.Anchors]);

        Assert.True(trail.Verify().Clean);
    }

    [Fact]
    public void A_batch_that_comes_twice_is_found_and_the_rest_still_verifies()
    {
        var trail = TrailGenerator.Make(_random);
        var verifier = new AuditTrailVerifier(StoredTrail.Origin, [TrailGenerator.Key], trail.Anchors);
        foreach (var batch in trail.Batches.Values)
        {
            verifier.AddBatch(batch, trail.Checkpoints[batch.Number]);
            foreach (var entry in trail.Seals.Where(entry => entry.Batch == batch.Number))
                verifier.AddEntry(entry.Index, trail.Records[entry.EntryId], entry.Leaf);
            if (batch.Number == 1)
                verifier.AddBatch(trail.Batches[0], trail.Checkpoints[0]);
        }

        Assert.Equal(AuditTamperKinds.BatchMisplaced, Only(verifier.Complete()).Kind);
    }

    [Fact]
    public void Findings_of_the_caller_are_kept_and_findings_are_bounded()
    {
        var verifier = new AuditTrailVerifier("t", [TrailGenerator.Key]);
        for (var i = 0; i < 1500; i++)
            verifier.Report(new AuditTamper(AuditTamperKinds.EntryInserted, 1500 - i, "unsealed"));

        var found = verifier.Complete();

        Assert.False(found.Clean);
        Assert.Equal(1001, found.Tampers.Count);
        Assert.Equal(AuditTamperKinds.More, found.Tampers[^1].Kind);
        Assert.Equal(found.Tampers.Take(1000).OrderBy(tamper => tamper.Position), found.Tampers.Take(1000));
    }

    [Fact]
    public void A_forged_count_does_not_make_a_thousand_findings()
    {
        var trail = TrailGenerator.Make(_random);
        trail.Batches[0] = trail.Batches[0] with { Count = int.MaxValue };

        Assert.InRange(trail.Verify().Tampers.Count, 1, 10);
    }

    [Fact]
    public void The_same_entry_cannot_be_verified_into_two_batches()
    {
        var trail = TrailGenerator.Make(_random);
        var entry = trail.Seals[0];
        trail.Seals.Add(entry with { Batch = 1, Index = trail.Batches[1].Count });

        Assert.Equal((AuditTamperKinds.EntryInserted, trail.Batches[1].FirstPosition + trail.Batches[1].Count), Only(trail.Verify()));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var verifier = new AuditTrailVerifier("t", [TrailGenerator.Key]);

        Assert.Throws<ArgumentException>(() => new AuditTrailVerifier(" ", [TrailGenerator.Key]));
        Assert.Throws<ArgumentException>(() => new AuditTrailVerifier("t", []));
        Assert.Throws<ArgumentException>(() => new AuditTrailVerifier("t", [TrailGenerator.Key, TrailGenerator.Key]));
        Assert.Throws<InvalidOperationException>(() => verifier.AddEntry(0, record: null));
        verifier.Complete();
        Assert.Throws<InvalidOperationException>(() => verifier.Complete());
    }

    [Fact]
    public void Findings_are_counted_by_kind()
    {
        using var metrics = new MetricRecorder(AuditingDiagnostics.MeterName);
        var trail = TrailGenerator.Make(_random);
        trail.Checkpoints.Remove(0);

        trail.Verify();

        Assert.Contains(
            metrics.Measurements,
            measurement =>
                measurement.Instrument == "ledgerlift.auditing.verify.failures"
                && measurement.Has(("kind", AuditTamperKinds.CheckpointRemoved))
        );
    }

    private static (string Kind, long Position) Only(AuditVerification found)
    {
        var tamper = Assert.Single(found.Tampers);
        return (tamper.Kind, tamper.Position);
    }
}
