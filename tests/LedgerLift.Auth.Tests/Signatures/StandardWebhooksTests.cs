using System.Security.Cryptography;
using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class StandardWebhooksTests
{
    private const string Timestamp = "1700000000";

    private static readonly byte[] Body = "{\"type\":\"ping\"}"u8.ToArray();

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    [Fact]
    public async Task Accepts_what_was_signed() => Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Sign()));

    [Fact]
    public async Task Covers_id_timestamp_and_body()
    {
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(Sign() with { MessageId = "msg_2" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(Sign() with { Timestamp = "1700000001" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(Sign() with { Body = "{}"u8.ToArray() }));
    }

    [Fact]
    public async Task One_signature_of_several_is_enough_and_what_cannot_be_read_is_skipped()
    {
        var good = Sign().Signature!;
        var other = Sign(key: "k2").Signature!;

        foreach (
            var list in new[]
            {
                $"{other} {good}",
                $"{good} {other}",
                $"v1a,abc {good}",
                $"v2,{good[3..]} {good}",
                $"v1,not-base64 {good}",
                $"v1, {good}",
                $"  {good} ",
                $"{good} {good}",
            }
        )
            Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Sign() with { Signature = list }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(Sign() with { Signature = $"{other} {other}" }));
    }

    [Theory]
    [InlineData("v1,")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=")]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public async Task A_header_without_a_readable_signature_is_malformed(string signature) =>
        Assert.Equal(SignatureVerdict.Malformed, await VerifyAsync(Sign() with { Signature = signature }));

    [Fact]
    public async Task More_signatures_than_any_rotation_has_are_malformed()
    {
        var good = Sign().Signature!;
        var other = Sign(key: "k2").Signature!;

        Assert.Equal(
            SignatureVerdict.Valid,
            await VerifyAsync(Sign() with { Signature = string.Join(' ', Enumerable.Repeat(other, 15).Append(good)) })
        );
        Assert.Equal(
            SignatureVerdict.Malformed,
            await VerifyAsync(Sign() with { Signature = string.Join(' ', Enumerable.Repeat(good, 17)) })
        );
    }

    [Theory]
    [InlineData(null, SignatureVerdict.Missing)]
    [InlineData("", SignatureVerdict.Missing)]
    [InlineData("msg.1", SignatureVerdict.Malformed)]
    [InlineData("msg 1", SignatureVerdict.Malformed)]
    [InlineData("msg\n1", SignatureVerdict.Malformed)]
    [InlineData("mśg", SignatureVerdict.Malformed)]
    public async Task An_id_must_be_there_and_be_one_word_without_a_dot(string? id, SignatureVerdict expected) =>
        Assert.Equal(expected, await VerifyAsync(Sign(id) with { MessageId = id }));

    // With a dot in the id the same bytes could be cut into id, timestamp and body in two ways.
    [Fact]
    public async Task Id_and_timestamp_cannot_be_cut_elsewhere()
    {
        var signed = Sign("msg", body: "1700000001.{}"u8.ToArray());

        var forged = signed with { MessageId = "msg.1700000000", Timestamp = "1700000001", Body = "{}"u8.ToArray() };

        Assert.Equal(SignatureVerdict.Malformed, await VerifyAsync(forged));
    }

    [Fact]
    public async Task A_delivery_is_accepted_once_and_a_new_try_of_it_again()
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(SignatureScheme.StandardWebhooks), _clock);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign()));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign()));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign() with { Signature = "v1a,x " + Sign().Signature }));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(timestamp: "1700000001")));
    }

    [Fact]
    public void Its_headers_have_the_specifications_names()
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(SignatureScheme.StandardWebhooks), _clock);

        Assert.Equal("webhook-signature", verifier.Headers.Signature);
        Assert.Equal("webhook-timestamp", verifier.Headers.Timestamp);
        Assert.Equal("webhook-id", verifier.Headers.MessageId);
    }

    private async Task<SignatureVerdict> VerifyAsync(SignedRequest request)
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(SignatureScheme.StandardWebhooks), _clock);
        return await verifier.VerifyAsync(request);
    }

    private static SignedRequest Sign(string? id = "msg_1", string timestamp = Timestamp, byte[]? body = null, string key = "k1")
    {
        body ??= Body;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(TestKeys.Secret(key), signed));
        return new SignedRequest("v1," + signature, timestamp, body) { MessageId = id };
    }
}
