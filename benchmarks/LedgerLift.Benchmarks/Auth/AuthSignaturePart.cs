using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LedgerLift.Auth;

namespace LedgerLift.Benchmarks;

/// <summary>Verifying a small body, beside the hash that cannot be avoided.</summary>
internal static class AuthSignaturePart
{
    private const int Length = 1024;
    private const string Ours = "LedgerLift verifier";
    private const string Bare = "HMACSHA256.HashData";

    public static async Task RunAsync(BenchmarkRun run)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var body = RandomNumberGenerator.GetBytes(Length);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = (byte[])[.. Encoding.ASCII.GetBytes(timestamp), .. body];
        var signature = HmacSignature.Compute(secret, timestamp, body);
        var mac = new byte[HMACSHA256.HashSizeInBytes];
        var options = new HmacSignatureOptions { ReplayProtection = false, Tolerance = TimeSpan.FromHours(1) };
        options.Keys.Add(new HmacKey("key-1", secret));
        using var verifier = new HmacSignatureVerifier(options);

        var calls = await run.CompareAsync(
            "Verify 1 kB",
            Scenario.Call(Bare, () => HMACSHA256.HashData(secret, signed, mac)),
            Scenario.Completed(Ours, () => VerifiedAsync(verifier.VerifyAsync(signature, timestamp, body)))
        );

        run.Figure("auth.verify_ratio", calls.Ratio(Ours, Bare).Median, "x", Goal.AtMost(1.5));
        run.Figure("auth.verify_alloc", calls.Bytes(Ours).Median, "B", Goal.AtMost(300));
    }

    private static ValueTask<SignatureVerdict> VerifiedAsync(ValueTask<SignatureVerdict> call)
    {
        var verdict = call.Take();
        return verdict is SignatureVerdict.Valid
            ? new ValueTask<SignatureVerdict>(verdict)
            : throw new InvalidOperationException($"A good signature was refused: {verdict}.");
    }
}
