using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auth.Tests;

/// <summary>What the README and docs/signatures.md show.</summary>
public sealed class ReadmeSamples
{
    [Fact]
    public async Task Tokens() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task Rotation()
    {
        var families = new InMemoryTokenStore();
        var expiresAt = TimeProvider.System.GetUtcNow().AddDays(30);

        #region readme-rotation
        await families.StoreRotatableAsync("refresh-1", "user-1", expiresAt);

        var first = await families.RotateAsync("refresh-1", "refresh-2", expiresAt); // Rotated
        var thief = await families.RotateAsync("refresh-1", "refresh-3", expiresAt); // ReuseDetected: refresh-2 is revoked, too
        #endregion

        Assert.Equal(RotationOutcome.Rotated, first);
        Assert.Equal(RotationOutcome.ReuseDetected, thief);
        Assert.False(await families.IsActiveAsync("refresh-2"));
    }

    [Fact]
    public async Task Verification()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var body = "{}"u8.ToArray();
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = HmacSignature.Compute(secret, timestamp, body);

        #region readme-verify
        var services = new ServiceCollection();
        services.AddLedgerLiftHmacSignatures("webhooks", options => options.Keys.Add(new HmacKey("2026-01", secret)));
        await using var provider = services.BuildServiceProvider();
        var verifier = provider.GetRequiredKeyedService<HmacSignatureVerifier>("webhooks");

        // The header texts exactly as they came, and the body's bytes.
        var verdict = await verifier.VerifyAsync(signature, timestamp, body); // Valid
        var again = await verifier.VerifyAsync(signature, timestamp, body); // Replayed
        #endregion

        Assert.Equal(SignatureVerdict.Valid, verdict);
        Assert.Equal(SignatureVerdict.Replayed, again);
    }

    [Fact]
    public async Task Signing()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var options = new HmacSignatureOptions { Keys = [new HmacKey("2026-01", secret)] };
        using var verifier = new HmacSignatureVerifier(options);
        using var wire = new VerifyingHandler(verifier);

        #region readme-sign
        var signing = new HmacSigningHandler(options) { InnerHandler = wire };
        using var client = new HttpClient(signing);
        using var response = await client.PostAsync(new Uri("http://localhost/webhooks/documents"), new StringContent("{}"));
        #endregion

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([SignatureVerdict.Valid], wire.Verdicts);
    }

    [Fact]
    public async Task Configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Signatures:Webhooks:Keys:0:Id"] = "2026-01",
                    ["Signatures:Webhooks:Keys:0:SecretBase64"] = Convert.ToBase64String(TestKeys.Secret("old")),
                    ["Signatures:Webhooks:Keys:0:NotAfter"] = "2026-02-08T00:00:00Z",
                }
            )
            .Build();
        var services = new ServiceCollection();

        #region readme-configuration
        services.AddLedgerLiftHmacSignatures("webhooks", configuration.GetSection("Signatures:Webhooks"));
        #endregion

        await using var provider = services.BuildServiceProvider();
        Assert.Equal(SignatureScheme.TimestampBody, provider.GetRequiredKeyedService<HmacSignatureVerifier>("webhooks").Scheme);
    }

    [Fact]
    public void Forgery()
    {
        var secret = RandomNumberGenerator.GetBytes(32);

        #region readme-forgery
        var signed = HmacSignature.Compute(secret, "1700000000", "5{}"u8);
        var forged = HmacSignature.Compute(secret, "17000000005", "{}"u8);
        var same = string.Equals(signed, forged, StringComparison.Ordinal); // true
        #endregion

        Assert.True(same);
    }

    [Fact]
    public async Task Upload()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        var options = new HmacSignatureOptions
        {
            Scheme = SignatureScheme.Canonical,
            Keys = [TestKeys.Key("k1")],
            MaxBodyBytes = 1L << 30,
        };
        using var verifier = new HmacSignatureVerifier(
            options,
            new LedgerLift.Testing.ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000))
        );
        var request = StreamedBodyTests.Sign(SignatureScheme.Canonical, bytes) with
        {
            Stream = PipeReader.Create(new MemoryStream(bytes)),
            ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
        using var destination = new MemoryStream();

        #region readme-upload
        var body = await verifier.OpenAsync(request);
        if (body.Verdict is not SignatureVerdict.Valid)
            return; // refused before a byte of the body was read

        // Throws a SignedBodyException in place of the last bytes when the body is not the one that was signed.
        await body.Content!.CopyToAsync(destination);
        #endregion

        Assert.True(body.IsVerified);
        Assert.Equal(bytes, destination.ToArray());
    }
}
