using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSignatureVerifierTests
{
    private static readonly byte[] Body = "{\"documentId\":42}"u8.ToArray();

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private string Now => _clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Accepts_what_was_signed()
    {
        using var verifier = Create();

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now), Now, Body));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now, body: []), Now, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_header_that_is_absent_or_empty_is_missing(string? absent)
    {
        using var verifier = Create();

        Assert.Equal(SignatureVerdict.Missing, await verifier.VerifyAsync(absent, Now, Body));
        Assert.Equal(SignatureVerdict.Missing, await verifier.VerifyAsync(Sign(Now), absent, Body));
        Assert.Equal(SignatureVerdict.Missing, await verifier.VerifyAsync(absent, "rubbish", Body));
        Assert.Equal(SignatureVerdict.Missing, await verifier.VerifyAsync("rubbish", absent, Body));
    }

    [Theory]
    [InlineData("170000000")]
    [InlineData("17000000000")]
    [InlineData("01700000000")]
    [InlineData("+170000000")]
    [InlineData("-170000000")]
    [InlineData(" 170000000")]
    [InlineData("170000000 ")]
    [InlineData("1700000000 ")]
    [InlineData("1700000000.0")]
    [InlineData("1,700,0000")]
    [InlineData("170000000a")]
    [InlineData("0x17000000")]
    [InlineData("1.70000e09")]
    [InlineData("١٧٠٠٠٠٠٠٠٠")]
    [InlineData("１７００００００００")]
    [InlineData("1700000000,1700000000")]
    [InlineData("1700000000\n")]
    [InlineData("1700000000\0")]
    public async Task A_timestamp_that_is_not_ten_digits_is_malformed(string timestamp)
    {
        using var verifier = Create();

        Assert.Equal(SignatureVerdict.Malformed, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));
    }

    [Fact]
    public async Task A_signature_that_is_not_64_hex_digits_is_malformed()
    {
        using var verifier = Create();
        var signature = Sign(Now);

        foreach (
            var bad in new[]
            {
                "rubbish",
                signature[..63],
                signature + "0",
                signature + " ",
                " " + signature,
                $"{signature},{signature}",
                signature[..63] + "g",
                "sha256=" + signature,
                Convert.ToBase64String(Convert.FromHexString(signature)),
                new string('０', 64),
            }
        )
            Assert.Equal(SignatureVerdict.Malformed, await verifier.VerifyAsync(bad, Now, Body));
    }

    [Fact]
    public async Task Hex_may_be_in_either_case()
    {
        using var verifier = Create(options => options.ReplayProtection = false);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now).ToUpperInvariant(), Now, Body));
    }

    // Without a delimiter the digits could move between timestamp and body: the bytes that are signed stay the same.
    [Fact]
    public async Task Digits_cannot_move_between_timestamp_and_body()
    {
        using var verifier = Create(options => options.ReplayProtection = false);
        var signature = HmacSignature.Compute(TestKeys.Secret("k1"), "1700000000", "5{}"u8);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(signature, "1700000000", "5{}"u8.ToArray()));
        Assert.Equal(SignatureVerdict.Malformed, await verifier.VerifyAsync(signature, "17000000005", "{}"u8.ToArray()));
        Assert.Equal(SignatureVerdict.Malformed, await verifier.VerifyAsync(signature, "170000000", "05{}"u8.ToArray()));
    }

    [Theory]
    [InlineData(300_000, SignatureVerdict.Valid)]
    [InlineData(300_001, SignatureVerdict.Stale)]
    [InlineData(86_400_000, SignatureVerdict.Stale)]
    [InlineData(-300_000, SignatureVerdict.Valid)]
    [InlineData(-300_001, SignatureVerdict.Future)]
    [InlineData(0, SignatureVerdict.Valid)]
    public async Task A_timestamp_counts_up_to_the_tolerance_in_both_directions(int age, SignatureVerdict expected)
    {
        using var verifier = Create();
        var timestamp = Now;
        _clock.StepWallClock(TimeSpan.FromMilliseconds(age));

        Assert.Equal(expected, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));
    }

    [Theory]
    [InlineData("0000000000", SignatureVerdict.Stale)]
    [InlineData("9999999999", SignatureVerdict.Future)]
    public async Task The_ends_of_ten_digits_are_instants(string timestamp, SignatureVerdict expected)
    {
        using var verifier = Create();

        Assert.Equal(expected, await verifier.VerifyAsync(Sign(timestamp), timestamp, Body));
    }

    [Fact]
    public async Task The_limit_of_a_body_is_inclusive()
    {
        using var verifier = Create(options => options.MaxBodyBytes = Body.Length);
        var longer = new byte[Body.Length + 1];

        Assert.Equal(
            SignatureVerdict.Valid,
            await verifier.VerifyAsync(new SignedRequest(Sign(Now), Now, Body) { ContentLength = Body.Length })
        );
        Assert.Equal(SignatureVerdict.BodyTooLarge, await verifier.VerifyAsync(Sign(Now, longer), Now, longer));
        Assert.Equal(
            SignatureVerdict.BodyTooLarge,
            await verifier.VerifyAsync(new SignedRequest(Sign(Now), Now, Body) { ContentLength = Body.Length + 1 })
        );
    }

    [Fact]
    public async Task Another_key_body_or_timestamp_does_not_match()
    {
        using var verifier = Create();
        var other = HmacSignature.Compute(TestKeys.Secret("k2"), Now, Body);

        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(other, Now, Body));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(Sign(Now), Now, "{}"u8.ToArray()));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(Sign("1700000001"), Now, Body));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(new string('0', 64), Now, Body));
    }

    [Fact]
    public async Task Every_digit_of_a_signature_counts()
    {
        using var verifier = Create();
        var signature = Sign(Now);

        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature[..i] + (signature[i] == '0' ? '1' : '0') + signature[(i + 1)..];
            Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(changed, Now, Body));
        }
    }

    [Fact]
    public async Task The_first_fault_in_order_is_the_verdict()
    {
        using var verifier = Create(options => options.MaxBodyBytes = 1);
        var stale = "1600000000";

        Assert.Equal(SignatureVerdict.Missing, await verifier.VerifyAsync(null, "rubbish", Body));
        Assert.Equal(SignatureVerdict.Malformed, await verifier.VerifyAsync("rubbish", stale, Body));
        Assert.Equal(SignatureVerdict.Stale, await verifier.VerifyAsync(new string('0', 64), stale, Body));
        Assert.Equal(SignatureVerdict.BodyTooLarge, await verifier.VerifyAsync(new string('0', 64), Now, Body));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(new string('0', 64), Now, default));
    }

    [Fact]
    public async Task Every_key_that_counts_verifies_and_no_other()
    {
        var now = _clock.GetUtcNow();
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(
                SignatureScheme.TimestampBody,
                TestKeys.Key("always"),
                TestKeys.Key("from-now", notBefore: now),
                TestKeys.Key("not-yet", notBefore: now.AddMilliseconds(1)),
                TestKeys.Key("ends-later", notAfter: now.AddMilliseconds(1)),
                TestKeys.Key("ended", notAfter: now)
            ),
            _clock
        );

        foreach (
            var (key, expected) in new[]
            {
                ("always", SignatureVerdict.Valid),
                ("from-now", SignatureVerdict.Valid),
                ("not-yet", SignatureVerdict.Mismatch),
                ("ends-later", SignatureVerdict.Valid),
                ("ended", SignatureVerdict.Mismatch),
            }
        )
            Assert.Equal(expected, await verifier.VerifyAsync(HmacSignature.Compute(TestKeys.Secret(key), Now, Body), Now, Body));
    }

    [Fact]
    public async Task The_same_key_twice_is_one_key()
    {
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(SignatureScheme.TimestampBody, TestKeys.Key("k1"), TestKeys.Key("k1")),
            _clock
        );

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now), Now, Body));
    }

    [Fact]
    public async Task Later_changes_of_the_secrets_bytes_change_nothing()
    {
        var secret = TestKeys.Secret("k1");
        using var verifier = new HmacSignatureVerifier(new HmacSignatureOptions { Keys = [new HmacKey("k1", secret)] }, _clock);
        Array.Clear(secret);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(Now), Now, Body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_verification_is_cancelled(bool replayProtection)
    {
        using var verifier = Create(options => options.ReplayProtection = replayProtection);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await verifier.VerifyAsync(Sign(Now), Now, Body, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task Many_threads_use_one_verifier()
    {
        using var verifier = Create(options => options.ReplayProtection = false);
        var timestamp = Now;

        var verdicts = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(async () =>
                    {
                        var wrong = 0;
                        for (var i = 0; i < 500; i++)
                        {
                            var body = Encoding.UTF8.GetBytes($"{worker}-{i}");
                            var verdict = await verifier.VerifyAsync(Sign(timestamp, body), timestamp, body);
                            var forged = await verifier.VerifyAsync(Sign(timestamp, body), timestamp, Body);
                            wrong += verdict is SignatureVerdict.Valid && forged is SignatureVerdict.Mismatch ? 0 : 1;
                        }

                        return wrong;
                    })
                )
        );

        Assert.Equal(0, verdicts.Sum());
    }

    [Fact]
    public async Task Says_why_it_refused_in_its_log_only_and_never_shows_a_secret()
    {
        var logs = new LogRecorder();
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(),
            _clock,
            logger: new Microsoft.Extensions.Logging.Logger<HmacSignatureVerifier>(logs)
        );
        await verifier.VerifyAsync(new string('0', 64), Now, Body);
        await verifier.VerifyAsync(Sign(Now), Now, Body);
        await verifier.VerifyAsync(Sign(Now), Now, Body);
        await verifier.VerifyAsync(new SignedRequest(Sign(Now), Now, Body) { ContentLength = long.MaxValue });

        Assert.Equal(
            ["Mismatch", "Replayed", "BodyTooLarge"],
            logs.WithId(4010).Select(record => record.Message.Split(' ')[^1].TrimEnd('.'))
        );
        Assert.DoesNotContain(Convert.ToHexString(TestKeys.Secret("k1")), logs.AllText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Sign(Now), logs.AllText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_request_shows_nothing_of_itself() =>
        Assert.Equal("SignedRequest", new SignedRequest("s", "t", Body) { Nonce = "n" }.ToString());

    [Fact]
    public void Tells_where_it_looks()
    {
        using var verifier = Create();

        Assert.Equal(SignatureScheme.TimestampBody, verifier.Scheme);
        Assert.Equal(1 << 20, verifier.MaxBodyBytes);
        Assert.Equal("X-Signature", verifier.Headers.Signature);
        Assert.Equal("X-Timestamp", verifier.Headers.Timestamp);
    }

    private static string Sign(string timestamp) => Sign(timestamp, Body);

    private static string Sign(string timestamp, ReadOnlySpan<byte> body) => HmacSignature.Compute(TestKeys.Secret("k1"), timestamp, body);

    private HmacSignatureVerifier Create(Action<HmacSignatureOptions>? configure = null)
    {
        var options = TestKeys.Options();
        configure?.Invoke(options);
        return new HmacSignatureVerifier(options, _clock);
    }
}
