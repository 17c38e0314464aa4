using System.Globalization;
using System.Text;
using LedgerLift.Samples.AuditVerify;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

/// <summary>The sample command <c>audit-verify</c>, run in this process.</summary>
public sealed class VerifyCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SealedExample _example = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    private string Trail => PathOf("trail.ndjson");

    private string Key => $"k1={PathOf("secret")}";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Trail, await _example.ExportAsync());
        await File.WriteAllTextAsync(PathOf("secret"), Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()) + "\n");
        await File.WriteAllBytesAsync(PathOf("proof.json"), _example.Proof.ToJson());
        using var anchor = new FileAuditAnchor(PathOf("anchor"));
        await anchor.AppendAsync(_example.First.Checkpoint);
        await anchor.AppendAsync(_example.Second.Checkpoint);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_clean_trail_and_a_proof_end_with_0()
    {
        Assert.Equal(
            0,
            await RunAsync(Trail, PathOf("proof.json"), "--secret-file", Key, "--anchors", PathOf("anchor"), "--origin", "example")
        );

        Assert.Contains(
            "clean. 2 entries in 2 batches; 0 dropped and 0 erased by right; anchored up to 2.",
            _output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("clean. The entry 01890a5d-ac96-774b-bcce-b302099a8057", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task A_public_key_is_enough()
    {
        using var pair = KeyPair.Make("ec");
        var sealer = new AuditSealer("t", pair.Private);
        var record = AuditRecord.Create(AuditEntries.Full);
        var seal = sealer.Seal([record.ComputeLeaf()], "2030-06");
        await File.WriteAllTextAsync(PathOf("key.pem"), pair.PublicPem);
        await File.WriteAllBytesAsync(
            PathOf("proof.json"),
            AuditInclusionProof.Create(record, 0, [record.ComputeLeaf()], seal.Batch, [seal.Batch.Hash], seal.Checkpoint).ToJson()
        );

        Assert.Equal(0, await RunAsync(PathOf("proof.json"), "--public-key", $"ec={PathOf("key.pem")}"));
        Assert.Equal(1, await RunAsync(PathOf("proof.json"), "--secret-file", Key));
    }

    [Fact]
    public async Task What_was_tampered_with_ends_with_1_and_is_named()
    {
        var text = await File.ReadAllTextAsync(Trail);
        await File.WriteAllTextAsync(Trail, text.Replace("\"userId\":\"ann\"", "\"userId\":\"bob\"", StringComparison.Ordinal));

        Assert.Equal(1, await RunAsync(PathOf("proof.json"), Trail, "--secret-file", Key));

        Assert.Contains("trail.ndjson: entry_edited at 0:", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("trail.ndjson: TAMPERED.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trail_that_ends_before_its_anchor_ends_with_1()
    {
        using var output = new MemoryStream();
        var writer = new AuditTrailWriter(output, "example");
        await writer.WriteBatchAsync(_example.First.Batch, _example.First.Checkpoint);
        await writer.WriteEntryAsync(0, _example.Records[0], null);
        await writer.CompleteAsync();
        await File.WriteAllBytesAsync(Trail, output.ToArray());

        Assert.Equal(0, await RunAsync(Trail, "--secret-file", Key));
        Assert.Equal(1, await RunAsync(Trail, "--secret-file", Key, "--anchors", PathOf("anchor")));
        Assert.Contains("batch_removed at 1:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_proof_ends_with_1()
    {
        var text = await File.ReadAllTextAsync(PathOf("proof.json"));
        await File.WriteAllTextAsync(PathOf("proof.json"), text.Replace("\"ann\"", "\"bob\"", StringComparison.Ordinal));

        Assert.Equal(1, await RunAsync(PathOf("proof.json"), "--secret-file", Key));
        Assert.Contains("TAMPERED. The entry is not in its batch.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_judged_ends_with_2()
    {
        var text = await File.ReadAllTextAsync(Trail);
        await File.WriteAllTextAsync(PathOf("cut"), text[..(text.Length / 2)], Encoding.UTF8);
        await File.WriteAllTextAsync(PathOf("weak"), Convert.ToBase64String(new byte[8]));

        Assert.Equal(2, await RunAsync());
        Assert.Equal(2, await RunAsync(Trail));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file"));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file", "secret"));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file", Key, "--colour", "red"));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file", Key, "--origin", "other"));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file", Key, "--anchors", PathOf("missing")));
        Assert.Equal(2, await RunAsync(Trail, "--secret-file", $"k1={PathOf("weak")}"));
        Assert.Equal(2, await RunAsync(Trail, "--public-key", Key));
        Assert.Equal(2, await RunAsync(PathOf("missing"), "--secret-file", Key));
        Assert.Equal(2, await RunAsync(PathOf("cut"), "--secret-file", Key));
        Assert.Equal(2, await RunAsync(PathOf("secret"), "--secret-file", Key));
        Assert.Contains("Usage: audit-verify", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("clean", _output.ToString(), StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private Task<int> RunAsync(params string[] args) => VerifyCommand.RunAsync(args, _output, _error);
}
