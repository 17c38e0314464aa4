using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditInclusionProofTests
{
    [Fact]
    public void Every_entry_of_a_trail_proves_itself_against_every_later_checkpoint()
    {
        var trail = TrailGenerator.Make(new SeededRandom());
        foreach (var entry in trail.Seals)
            for (var later = entry.Batch; later < trail.Batches.Count; later++)
            {
                var proof = AuditInclusionProof.FromJson(ProofOf(trail, entry, later).ToJson());

                Assert.True(proof.Verify([TrailGenerator.Key], out var fault), fault);
                Assert.Equal(trail.Records[entry.EntryId].ToEntry(), proof.Record.ToEntry());
            }
    }

    [Fact]
    public void A_proof_outlives_the_erasure_of_the_details()
    {
        var example = new SealedExample();
        var proof = new AuditInclusionProof(
            example.Records[0].Erase(),
            0,
            example.Proof.BatchPath,
            example.First.Batch,
            example.Proof.CheckpointPath,
            example.Second.Checkpoint
        );

        Assert.True(AuditInclusionProof.FromJson(proof.ToJson()).Verify([TrailGenerator.Key], out var fault), fault);
    }

    [Fact]
    public void Whatever_is_changed_in_a_proof_is_noticed()
    {
        var json = Encoding.UTF8.GetString(new SealedExample().Proof.ToJson());
        var changes = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(json[i]))
                continue;
            var changed = json[..i] + (json[i] == '1' ? '2' : '1') + json[(i + 1)..];
            changes++;
            Assert.False(IsProven(changed), changed);
        }

        Assert.InRange(changes, 1000, 5000);
    }

    [Fact]
    public void A_proof_of_an_unknown_key_proves_nothing()
    {
        using var pair = KeyPair.Make();

        Assert.False(new SealedExample().Proof.Verify([pair.Public], out var fault));
        Assert.Contains("signature", fault, StringComparison.Ordinal);
    }

    private static bool IsProven(string json)
    {
        try
        {
            return AuditInclusionProof.FromJson(Encoding.UTF8.GetBytes(json)).Verify([TrailGenerator.Key], out _);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static AuditInclusionProof ProofOf(StoredTrail trail, StoredEntry entry, long checkpoint)
    {
        AuditHash[] leaves = [.. trail.Seals.Where(each => each.Batch == entry.Batch).Select(each => each.Leaf)];
        AuditHash[] batches = [.. trail.Batches.Values.Take((int)checkpoint + 1).Select(batch => batch.Hash)];
        return AuditInclusionProof.Create(
            trail.Records[entry.EntryId],
            entry.Index,
            leaves,
            trail.Batches[entry.Batch],
            batches,
            trail.Checkpoints[checkpoint]
        );
    }
}
