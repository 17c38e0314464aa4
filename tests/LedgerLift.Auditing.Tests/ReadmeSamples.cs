using System.Security.Cryptography;

namespace LedgerLift.Auditing.Tests;

/// <summary>The later examples of the README and of docs/auditing.md.</summary>
public sealed class ReadmeSamples
{
    [Fact]
    public async Task The_first_example_does_what_it_says() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task A_trail_is_sealed_anchored_and_verified()
    {
        var folder = Directory.CreateTempSubdirectory("ledgerlift-readme-");
        try
        {
            var secret = RandomNumberGenerator.GetBytes(32);
            var entry = AuditEntries.Full;
            #region readme-seal
            using var key = AuditSigningKey.FromSecret("2030-06", secret);
            using var anchor = new FileAuditAnchor(Path.Combine(folder.FullName, "anchor.ndjson")); // best on another machine

            var record = AuditRecord.Create(entry); // what is stored: header, details and salt apart
            var sealer = new AuditSealer("orders", key);
            var seal = sealer.Seal([record.ComputeLeaf()], partition: "2030-06");
            await anchor.AppendAsync(seal.Checkpoint);

            var verifier = new AuditTrailVerifier("orders", [key], anchors: [seal.Checkpoint]);
            verifier.AddBatch(seal.Batch, seal.Checkpoint);
            verifier.AddEntry(0, record);
            var verification = verifier.Complete(); // Clean; or Tampers, each with its kind and position
            #endregion

            Assert.True(verification.Clean);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_entry_proves_itself_offline()
    {
        var example = new SealedExample();
        var (record, index, leaves) = (example.Records[0], 0, example.Leaves[..1]);
        var (seal, batchHashes, anchored) = (
            example.First,
            new[] { example.First.Batch.Hash, example.Second.Batch.Hash },
            example.Second.Checkpoint
        );
        var key = TrailGenerator.Key;
        #region readme-proof
        var proof = AuditInclusionProof.Create(record, index, leaves, seal.Batch, batchHashes, anchored);
        byte[] file = proof.ToJson(); // for whoever is to be convinced

        var isProven = AuditInclusionProof.FromJson(file).Verify([key], out var fault);
        #endregion

        Assert.True(isProven, fault);
    }
}
