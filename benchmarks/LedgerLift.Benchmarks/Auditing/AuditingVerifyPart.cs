using System.Security.Cryptography;
using System.Text.Json;
using LedgerLift.Auditing;

namespace LedgerLift.Benchmarks;

/// <summary>How fast a sealed trail is verified, beside a naive chain of hashes over the very same bytes. Needs no server.</summary>
internal sealed class AuditingVerifyPart : IDisposable
{
    private const int Batches = 10;
    private const int BatchSize = 1000;
    private const string Ours = "LedgerLift, 10 000 entries with details";
    private const string OursErased = "LedgerLift, 10 000 entries without details";
    private const string Chain = "naive hash chain over the same bytes";

    private readonly AuditSigningKey _key = AuditSigningKey.FromSecret("k", RandomNumberGenerator.GetBytes(32));
    private readonly List<(AuditSeal Seal, AuditRecord[] Records)> _trail;
    private readonly List<(AuditSeal Seal, AuditRecord[] Records)> _trailWithoutDetails;

    public AuditingVerifyPart()
    {
        using var details = JsonDocument.Parse(
            """{"fileName":"invoice-2030-06.pdf","bytes":1048576,"sha256":"9f86d081884c7d659a2feaa0c55ad015"}"""
        );
        _trail = Seal(details.RootElement);
        _trailWithoutDetails = Seal(details: null);
    }

    public async Task RunAsync(BenchmarkRun run)
    {
        var calls = await run.CompareAsync(
            "Verifying a sealed trail",
            Scenario.Call(Chain, HashChain),
            Scenario.Call(Ours, () => Verify(_trail)),
            Scenario.Call(OursErased, () => Verify(_trailWithoutDetails))
        );

        run.Figure("auditing.verify_rate", Rate(calls, Ours), "entries/s", Goal.AtLeast(300_000));
        run.Figure("auditing.verify_rate_without_details", Rate(calls, OursErased), "entries/s", Goal.HigherIsBetter);
        run.Figure("auditing.verify_to_hash_chain_ratio", calls.Ratio(Ours, Chain).Median, "x", Goal.LowerIsBetter);
    }

    public void Dispose() => _key.Dispose();

    private static double Rate(Comparison calls, string scenario) => Batches * BatchSize / (calls.Nanoseconds(scenario).Median / 1e9);

    private List<(AuditSeal Seal, AuditRecord[] Records)> Seal(JsonElement? details)
    {
        var sealer = new AuditSealer("benchmark", _key);
        return [.. Enumerable.Range(0, Batches).Select(_ => SealBatch(sealer, details))];
    }

    private static (AuditSeal Seal, AuditRecord[] Records) SealBatch(AuditSealer sealer, JsonElement? details)
    {
        var now = TimeProvider.System.GetUtcNow();
        AuditRecord[] records =
        [
            .. Enumerable
                .Range(0, BatchSize)
                .Select(i =>
                    AuditRecord.Create(
                        new AuditEntry(Guid.CreateVersion7(now), now, "document.upload", "document", "success")
                        {
                            ResourceId = $"uploads/2030/06/15/{i}.pdf",
                            UserId = "user-1",
                            IpAddress = "2001:db8::1",
                            RequestId = "0HMVB5K2LQ1AB",
                            TraceId = "0af7651916cd43dd8448eb211c80319c",
                            Details = details,
                        }
                    )
                ),
        ];
        return (sealer.Seal([.. records.Select(record => record.ComputeLeaf())], "2030-06"), records);
    }

    private long Verify(List<(AuditSeal Seal, AuditRecord[] Records)> trail)
    {
        var verifier = new AuditTrailVerifier("benchmark", [_key]);
        foreach (var (seal, records) in trail)
        {
            verifier.AddBatch(seal.Batch, seal.Checkpoint);
            for (var i = 0; i < records.Length; i++)
                verifier.AddEntry(i, records[i]);
        }

        var found = verifier.Complete();
        return found.Clean ? found.Entries : throw new InvalidOperationException("The trail is not clean.");
    }

    // What a trail does that writes the hash of the row before into every row: one hash an entry, and nothing can be erased or dropped.
    private byte[] HashChain()
    {
        var last = new byte[SHA256.HashSizeInBytes];
        var row = new byte[4096];
        foreach (var (_, records) in _trail)
        foreach (var record in records)
        {
            last.CopyTo(row, 0);
            record.Header.CopyTo(row.AsMemory(last.Length));
            var details = record.Details ?? default;
            details.CopyTo(row.AsMemory(last.Length + record.Header.Length));
            SHA256.HashData(row.AsSpan(0, last.Length + record.Header.Length + details.Length), last);
        }

        return last;
    }
}
