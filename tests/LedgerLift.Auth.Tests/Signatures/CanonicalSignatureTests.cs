using System.Security.Cryptography;
using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class CanonicalSignatureTests
{
    private static readonly byte[] Body = "{\"a\":1}"u8.ToArray();

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    [Fact]
    public async Task Accepts_what_was_signed()
    {
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Sign()));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Sign() with { ContentSha256 = Convert.ToHexString(SHA256.HashData(Body)) }));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Sign() with { Query = "?b=2&a=1" }));
    }

    // The form is fixed: another program can sign with it.
    [Fact]
    public void Signs_eight_lines()
    {
        var lines =
            "ll2\nPOST\n/api/documents%2F1\na=1&b=2\n015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862\n1700000000\nnonce-0123456789\nk1";

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(TestKeys.Secret("k1"), Encoding.UTF8.GetBytes(lines))), Sign().Signature);
    }

    [Fact]
    public async Task Covers_every_part()
    {
        var signed = Sign();

        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Method = "PUT" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Method = "post" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Path = "/api/documents/1" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Path = "/api/documents%2f1" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Query = "a=1&b=3" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Query = "a=1" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Query = null }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Query = "a=1&b=2&b=2" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Body = "{}"u8.ToArray() }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Timestamp = "1700000001" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Nonce = "nonce-0123456780" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { KeyId = "k2" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { ContentSha256 = new string('0', 64) }));
    }

    // Longer than what is put on the stack at once.
    [Fact]
    public async Task Covers_long_parts_to_their_end()
    {
        var (path, query) = ("/" + new string('p', 3000), "q=" + new string('v', 3000));
        var signed = CanonicalRequests.Sign("GET", path, query, Body, "1700000000", "nonce-0123456789", "k1", TestKeys.Secret("k1"));

        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(signed));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Path = path[..^1] + "q" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(signed with { Query = query[..^1] + "w" }));
    }

    [Fact]
    public async Task Pairs_are_sorted_by_their_bytes_and_only_one_question_mark_is_no_part_of_them()
    {
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Signed("b=1&B=2&a=3&A=4&_=5")));
        Assert.Equal(SignatureVerdict.Valid, await VerifyAsync(Signed("?a=1") with { Query = "??a=1" }));
        Assert.Equal(SignatureVerdict.Mismatch, await VerifyAsync(Signed("a=1") with { Query = "??a=1" }));

        static SignedRequest Signed(string query) =>
            CanonicalRequests.Sign("GET", "/", query, Body, "1700000000", "nonce-0123456789", "k1", TestKeys.Secret("k1"));
    }

    [Fact]
    public async Task Only_the_named_key_verifies()
    {
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(SignatureScheme.Canonical, TestKeys.Key("k1"), TestKeys.Key("k2")),
            _clock
        );
        var withOtherKey = Sign(signingKey: "k2");

        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(withOtherKey));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(Sign() with { KeyId = "unknown" }));
        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(Sign() with { KeyId = "K1" }));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign()));
    }

    [Theory]
    [InlineData("Signature")]
    [InlineData("Timestamp")]
    [InlineData("Nonce")]
    [InlineData("KeyId")]
    [InlineData("Method")]
    [InlineData("Path")]
    public async Task Every_part_must_be_there(string part)
    {
        foreach (var absent in new[] { null, "" })
            Assert.Equal(SignatureVerdict.Missing, await VerifyAsync(With(Sign(), part, absent)));
    }

    [Theory]
    [InlineData("Method", "POST\nx")]
    [InlineData("Method", "PO ST")]
    [InlineData("Path", "api")]
    [InlineData("Path", "/a\nb")]
    [InlineData("Path", "/a?b")]
    [InlineData("Path", "/ä")]
    [InlineData("Query", "a=1\nb")]
    [InlineData("Query", "a= 1")]
    [InlineData("Nonce", "short")]
    [InlineData("Nonce", "nonce-0123456789\n")]
    [InlineData("Nonce", "nonce,0123456789,nonce,0123456789")]
    [InlineData("KeyId", "k\n1")]
    [InlineData("ContentSha256", "abc")]
    [InlineData("Timestamp", "17000000000")]
    [InlineData("Signature", "rubbish")]
    public async Task No_part_may_hold_what_could_be_taken_for_another(string part, string value) =>
        Assert.Equal(SignatureVerdict.Malformed, await VerifyAsync(With(Sign(), part, value)));

    [Fact]
    public async Task A_nonce_has_16_to_128_characters()
    {
        foreach (
            var (length, expected) in new[]
            {
                (15, SignatureVerdict.Malformed),
                (16, SignatureVerdict.Valid),
                (128, SignatureVerdict.Valid),
                (129, SignatureVerdict.Malformed),
            }
        )
            Assert.Equal(expected, await VerifyAsync(Sign(nonce: new string('n', length))));
    }

    [Fact]
    public async Task The_same_body_may_come_again_with_another_nonce()
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(SignatureScheme.Canonical), _clock);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign()));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign()));
        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(nonce: "nonce-9876543210")));
    }

    private static SignedRequest With(SignedRequest request, string part, string? value) =>
        part switch
        {
            "Signature" => request with { Signature = value },
            "Timestamp" => request with { Timestamp = value },
            "Nonce" => request with { Nonce = value },
            "KeyId" => request with { KeyId = value },
            "Method" => request with { Method = value },
            "Path" => request with { Path = value },
            "Query" => request with { Query = value },
            "ContentSha256" => request with { ContentSha256 = value },
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };

    private async Task<SignatureVerdict> VerifyAsync(SignedRequest request)
    {
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(SignatureScheme.Canonical), _clock);
        return await verifier.VerifyAsync(request);
    }

    private static SignedRequest Sign(string nonce = "nonce-0123456789", string signingKey = "k1") =>
        CanonicalRequests.Sign("POST", "/api/documents%2F1", "b=2&a=1", Body, "1700000000", nonce, "k1", TestKeys.Secret(signingKey));
}
