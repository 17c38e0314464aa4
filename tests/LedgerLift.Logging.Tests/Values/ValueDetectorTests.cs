namespace LedgerLift.Logging.Tests;

/// <summary>One table of texts for every detector: what is written in the place of the value, and what stays.</summary>
public sealed class ValueDetectorTests
{
    private const string Jwt =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    private static readonly PiiRedactor s_typed = new(new PiiRedactionOptions { Mask = RedactionMask.Typed });

    [Theory]
    [InlineData("ada@example.org", "[REDACTED:email]")]
    [InlineData("<Ada.Lovelace+news@mail.example.co.uk>", "<[REDACTED:email]>")]
    [InlineData("a@b.io, c@d.io.", "[REDACTED:email], [REDACTED:email].")]
    [InlineData("mailto:ada@example.org?subject=x", "mailto:[REDACTED:email]?subject=x")]
    [InlineData("/users/ada%40example.org/orders", "/users/[REDACTED:email]/orders")]
    [InlineData("\"ada lovelace\"@example.org", "[REDACTED:email]")]
    [InlineData("jürgen@müller.de", "[REDACTED:email]")]
    [InlineData("x@xn--mller-kva.xn--p1ai", "[REDACTED:email]")]
    public void E_mail_addresses(string text, string expected) => Assert.Equal(expected, s_typed.RedactText(text));

    [Theory]
    [InlineData("@types/node@1.2.3")]
    [InlineData("logo@2x.png")]
    [InlineData("git@github.com:org/repo.git")]
    [InlineData("user@host")]
    [InlineData("at @ sign")]
    [InlineData("@mention")]
    [InlineData("a@.b")]
    [InlineData("100%")]
    public void Signs_that_make_no_address(string text) => Assert.Same(text, s_typed.RedactText(text));

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("5555555555554444")]
    [InlineData("2223003122003222")]
    [InlineData("378282246310005")]
    [InlineData("3782 822463 10005")]
    [InlineData("6011111111111117")]
    [InlineData("3530111333300000")]
    [InlineData("30569309025904")]
    [InlineData("3056 930902 5904")]
    [InlineData("6200000000000005")]
    [InlineData("4222222222222")]
    [InlineData("6304000000000000")]
    [InlineData("6011 0000 0000 0000 001")]
    public void Card_numbers(string card)
    {
        Assert.Equal("[REDACTED:card]", s_typed.RedactText(card));
        Assert.Equal("order 12 [REDACTED:card], 3 pieces", s_typed.RedactText($"order 12 {card}, 3 pieces"));
        Assert.Equal("id-[REDACTED:card]", s_typed.RedactText($"id-{card}"));
    }

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("1700000000000")]
    [InlineData("638412345678901234")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("0.4111111111111111")]
    [InlineData("x4111111111111111")]
    [InlineData("41111111111111111111")]
    [InlineData("1234567890123456")]
    [InlineData("4111 1111 1111")]
    [InlineData("2024-01-01 12:00:00.0000000")]
    public void Numbers_that_are_no_cards(string text) => Assert.Same(text, s_typed.RedactText(text));

    [Theory]
    [InlineData("DE89370400440532013000")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("GB82 WEST 1234 5698 7654 32")]
    [InlineData("gb82west12345698765432")]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("NO9386011117947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    public void Ibans(string iban)
    {
        Assert.Equal("[REDACTED:iban]", s_typed.RedactText(iban));
        Assert.Equal("to [REDACTED:iban].", s_typed.RedactText($"to {iban}."));
    }

    [Theory]
    [InlineData("DE89370400440532013001")]
    [InlineData("XX89370400440532013000")]
    [InlineData("DE8937040044053201300")]
    [InlineData("ADE89370400440532013000")]
    public void Codes_that_are_no_ibans(string text) => Assert.Same(text, s_typed.RedactText(text));

    [Fact]
    public void Json_web_tokens()
    {
        Assert.Equal("got [REDACTED:jwt]!", s_typed.RedactText($"got {Jwt}!"));
        Assert.Equal("got [REDACTED:jwt]", s_typed.RedactText($"got {Jwt[..Jwt.LastIndexOf('.')]}"));
        Assert.Equal("unsigned [REDACTED:jwt]", s_typed.RedactText($"unsigned {Jwt[..(Jwt.LastIndexOf('.') + 1)]}"));
    }

    [Theory]
    [InlineData("eyJ.is.no.token")]
    [InlineData("eyJmb28iOjF9.eyJmb28iOjF9.x")]
    [InlineData("keyJoiner")]
    public void Texts_that_begin_like_a_token(string text) => Assert.Same(text, s_typed.RedactText(text));

    [Theory]
    [InlineData("Bearer 0f8fad5b-d9cb-469f-a165-70867728950e", "Bearer [REDACTED:authorization]")]
    [InlineData("sent bearer abc123def456 twice", "sent bearer [REDACTED:authorization] twice")]
    [InlineData("BEARER AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh", "BEARER [REDACTED:authorization]")]
    [InlineData("Basic YWRhOmxvdmVsYWNl", "Basic [REDACTED:authorization]")]
    [InlineData("basic YWRhOng", "basic [REDACTED:authorization]")]
    public void Authorizations(string text, string expected) => Assert.Equal(expected, s_typed.RedactText(text));

    [Theory]
    [InlineData("Bearer authentication is required")]
    [InlineData("the bearer of bad news")]
    [InlineData("Basic authentication")]
    [InlineData("basic knowledge of databases")]
    [InlineData("forbearer abc123def456")]
    public void Sentences_about_authorization(string text) => Assert.Same(text, s_typed.RedactText(text));

    public static TheoryData<string> CloudKeys =>
        [
            "AKIAIOSFODNN7EXAMPLE",
            "ASIAIOSFODNNAEXAMPLE",
            "ghp_" + new string('a', 36),
            "github_pat_11ABCDEFG0123456789abc_defghijklmnop",
            "glpat-abcdefghij0123456789",
            "xoxb-" + "123456789012-abcdef",
            "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
            "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
            "SG." + "aBcDeFgHiJkLmNoPqRsTuV.wXyZ0123456789abcdefghijklmnopqrstuvwxyzAB",
            "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789",
            "sk-ant-" + "api03-abcdefghijklmnopqrstuv",
            "hvs." + "CAESIJabcdefghij0123456789",
        ];

    [Theory]
    [MemberData(nameof(CloudKeys))]
    public void Keys_with_a_vendors_prefix(string key) => Assert.Equal("a [REDACTED:cloud-key] b", s_typed.RedactText($"a {key} b"));

    [Theory]
    [InlineData("AKIA")]
    [InlineData("ASIAPACIFIC")]
    [InlineData("ASIA_PACIFIC_SOUTHEAST")]
    [InlineData("npm_config_registry")]
    [InlineData("XAKIAIOSFODNN7EXAMPLE")]
    public void Words_that_begin_like_a_key(string text) => Assert.Same(text, s_typed.RedactText(text));

    [Fact]
    public void Private_keys_in_pem_form_are_hidden_whole_and_public_ones_are_not()
    {
        var secret = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbc=\n-----END RSA PRIVATE KEY-----";
        const string Open = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----";

        Assert.Equal("key [REDACTED:private-key] end", s_typed.RedactText($"key {secret} end"));
        Assert.Equal("key [REDACTED:private-key]", s_typed.RedactText($"key {secret[..40]}"));
        Assert.Same(Open, s_typed.RedactText(Open));
    }
}
