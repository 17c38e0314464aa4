using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth.Tests;

/// <summary>Public vectors, each from where it was published.</summary>
public sealed class HmacSignatureTests
{
    // RFC 4231, section 4. Test case 5 is truncated there to 128 bits.
    public static TheoryData<string, string, string> Rfc4231 =>
        new()
        {
            { Repeat("0b", 20), Hex("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
            { Hex("Jefe"), Hex("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
            { Repeat("aa", 20), Repeat("dd", 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
            {
                "0102030405060708090a0b0c0d0e0f10111213141516171819",
                Repeat("cd", 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            },
            { Repeat("0c", 20), Hex("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b" },
            {
                Repeat("aa", 131),
                Hex("Test Using Larger Than Block-Size Key - Hash Key First"),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            },
            {
                Repeat("aa", 131),
                Hex(
                    "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
                ),
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            },
        };

    [Theory]
    [MemberData(nameof(Rfc4231))]
    public void Agrees_with_RFC_4231(string secret, string message, string mac) =>
        Assert.StartsWith(
            mac,
            HmacSignature.Compute(Convert.FromHexString(secret), "", Convert.FromHexString(message)),
            StringComparison.Ordinal
        );

    [Fact]
    public void Agrees_with_GitHub() =>
        Assert.Equal(
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            HmacSignature.Compute("It's a Secret to Everybody"u8, "", "Hello, World!"u8)
        );

    [Fact]
    public void Agrees_with_Slack() =>
        Assert.Equal(
            "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
            HmacSignature.Compute(
                "8f742231b10e8888abcd99yyyzzz85a5"u8,
                "v0:1531420618:",
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"u8
            )
        );

    // The secret of the vector has 24 bytes, which this package refuses in a key ring; so the scheme itself is asked.
    [Theory]
    [InlineData(
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        "{\"test\": 2432232314}",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )]
    [InlineData(
        "plJ3nmyCDGBKInavdOK15jsl",
        "msg_loFOjxBNrRLzqYUf",
        "1731705121",
        "{\"event_type\":\"ping\",\"data\":{\"success\":true}}",
        "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
    )]
    public void Agrees_with_Standard_Webhooks(string secret, string id, string timestamp, string body, string signature)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret));
        var request = new SignedRequest(null, timestamp, default) { MessageId = id };

        new StandardWebhooksScheme().Append(mac, request, "key", []);
        mac.AppendData(Encoding.UTF8.GetBytes(body));

        Assert.Equal(signature, Convert.ToBase64String(mac.GetHashAndReset()));
    }

    [Fact]
    public void Signs_timestamp_and_body_without_anything_in_between() =>
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(TestKeys.Secret("k"), "1700000000{\"a\":1}"u8)),
            HmacSignature.Compute(TestKeys.Secret("k"), "1700000000", "{\"a\":1}"u8)
        );

    [Fact]
    public void Refuses_a_null_timestamp() => Assert.Throws<ArgumentNullException>(() => HmacSignature.Compute([1], null!, []));

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static string Repeat(string hex, int times) => string.Concat(Enumerable.Repeat(hex, times));
}
