using System.Security.Cryptography;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

[Collection(nameof(Alone))]
public sealed class SignatureTelemetryTests
{
    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    [Fact]
    public async Task Counts_every_verdict()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.signature.verifications");
        var options = TestKeys.Options();
        options.MaxBodyBytes = 2;
        using var verifier = new HmacSignatureVerifier(options, _clock);
        var good = HmacSignature.Compute(TestKeys.Secret("k1"), "1700000000", "{}"u8);
        var body = "{}"u8.ToArray();
        await verifier.VerifyAsync(null, "1700000000", body);
        await verifier.VerifyAsync("x", "1700000000", body);
        await verifier.VerifyAsync(good, "1600000000", body);
        await verifier.VerifyAsync(good, "1800000000", body);
        await verifier.VerifyAsync(good, "1700000000", new byte[3]);
        await verifier.VerifyAsync(good, "1700000001", body);
        await verifier.VerifyAsync(good, "1700000000", body);
        await verifier.VerifyAsync(good, "1700000000", body);

        Assert.Equal(
            ["missing", "malformed", "stale", "future", "body_too_large", "mismatch", "valid", "replayed"],
            metrics.Measurements.Select(measurement => measurement.Tags["result"])
        );
        Assert.All(metrics.Measurements, measurement => Assert.Equal("timestamp_body", measurement.Tags["scheme"]));
        Assert.All(metrics.Measurements, measurement => Assert.Equal(2, measurement.Tags.Count));
    }

    [Fact]
    public async Task Counts_what_turns_out_while_a_body_is_read()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.signature.verifications");
        var options = TestKeys.Options(SignatureScheme.Canonical);
        options.MaxBodyBytes = 2;
        using var verifier = new HmacSignatureVerifier(options, _clock);
        var request = StreamedBodyTests.Sign(SignatureScheme.Canonical, "{}"u8.ToArray());
        var hash = Convert.ToHexStringLower(SHA256.HashData("{}"u8));

        await verifier.VerifyAsync(request with { Stream = new ChunkedBody(new byte[3], 1).Reader });
        var opened = await verifier.OpenAsync(request with { Stream = new ChunkedBody("[]"u8.ToArray(), 1).Reader, ContentSha256 = hash });
        await Assert.ThrowsAsync<SignedBodyException>(() => StreamedBodyTests.ReadAllAsync(opened.Content!));

        Assert.Equal(["body_too_large", "valid", "mismatch"], metrics.Measurements.Select(measurement => measurement.Tags["result"]));
    }

    [Fact]
    public async Task Names_the_schemes()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.signature.verifications");
        foreach (var scheme in Enum.GetValues<SignatureScheme>())
        {
            using var verifier = new HmacSignatureVerifier(TestKeys.Options(scheme), _clock);
            await verifier.VerifyAsync(default);
        }

        Assert.Equal(
            ["timestamp_body", "standard_webhooks", "canonical"],
            metrics.Measurements.Select(measurement => measurement.Tags["scheme"])
        );
    }

    [Fact]
    public async Task Measures_how_far_the_clocks_are_apart()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.signature.skew");
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), _clock);
        await verifier.VerifyAsync(new string('0', 64), "1699999990", default);
        await verifier.VerifyAsync(new string('0', 64), "1700000020", default);
        await verifier.VerifyAsync(new string('0', 64), "rubbish", default);

        Assert.Equal([10, -20], metrics.Measurements.Select(measurement => measurement.Value));
        Assert.All(metrics.Measurements, measurement => Assert.Equal("s", measurement.Unit));
    }
}
