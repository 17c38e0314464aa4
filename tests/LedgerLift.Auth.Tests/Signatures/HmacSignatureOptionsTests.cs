using System.Text;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSignatureOptionsTests
{
    [Fact]
    public void Has_the_documented_defaults()
    {
        var options = new HmacSignatureOptions();

        Assert.Empty(options.Keys);
        Assert.Equal(SignatureScheme.TimestampBody, options.Scheme);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Tolerance);
        Assert.Equal(1_048_576, options.MaxBodyBytes);
        Assert.True(options.ReplayProtection);
        Assert.Equal("X-Signature", options.SignatureHeader);
        Assert.Equal("X-Timestamp", options.TimestampHeader);
        Assert.Equal("webhook-id", options.MessageIdHeader);
        Assert.Equal("X-Nonce", options.NonceHeader);
        Assert.Equal("X-Key-Id", options.KeyIdHeader);
        Assert.Equal("X-Content-SHA256", options.ContentHashHeader);
    }

    [Fact]
    public void A_header_that_was_set_stays_whatever_the_scheme()
    {
        var options = new HmacSignatureOptions
        {
            SignatureHeader = "A",
            TimestampHeader = "B",
            Scheme = SignatureScheme.StandardWebhooks,
        };

        Assert.Equal("A", options.SignatureHeader);
        Assert.Equal("B", options.TimestampHeader);
    }

    [Fact]
    public void Takes_the_edges()
    {
        AssertTaken(options => options.Tolerance = TimeSpan.FromTicks(1));
        AssertTaken(options => options.Tolerance = TimeSpan.FromDays(1));
        AssertTaken(options => options.MaxBodyBytes = 0);
        AssertTaken(options => options.MaxBodyBytes = long.MaxValue);
        AssertTaken(options => options.Keys[0] = new HmacKey(new string('k', 64), TestKeys.Secret("k")));
        AssertTaken(options =>
            options.Keys[0] = options.Keys[0] with { NotBefore = DateTimeOffset.MinValue, NotAfter = DateTimeOffset.MaxValue }
        );
        AssertTaken(options => options.SignatureHeader = "!#$%&'*+-.^_`|~09azAZ");
    }

    [Fact]
    public void Refuses_what_is_just_outside()
    {
        AssertRefused("Scheme", "7", options => options.Scheme = (SignatureScheme)7);
        AssertRefused("Tolerance", "00:00:00", options => options.Tolerance = TimeSpan.Zero);
        AssertRefused("Tolerance", "-00:00:01", options => options.Tolerance = TimeSpan.FromSeconds(-1));
        AssertRefused("Tolerance", "1.00:00:00.0000001", options => options.Tolerance = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1));
        AssertRefused("MaxBodyBytes", "-1", options => options.MaxBodyBytes = -1);
        AssertRefused("SignatureHeader", "X Signature", options => options.SignatureHeader = "X Signature");
        AssertRefused("TimestampHeader", "''", options => options.TimestampHeader = "");
        AssertRefused("MessageIdHeader", "''", options => options.MessageIdHeader = null!);
        AssertRefused("NonceHeader", "a:b", options => options.NonceHeader = "a:b");
        AssertRefused("KeyIdHeader", "ä", options => options.KeyIdHeader = "ä");
        AssertRefused("ContentHashHeader", "a\n", options => options.ContentHashHeader = "a\n");
        AssertRefused(
            "SignatureHeader, TimestampHeader",
            "'x-signature'",
            options => (options.SignatureHeader, options.TimestampHeader) = ("x-signature", "X-SIGNATURE")
        );
    }

    [Fact]
    public void Refuses_keys_that_are_none()
    {
        AssertRefused("Keys", "at least one", options => options.Keys.Clear());
        AssertRefused("Keys", "at least one", options => options.Keys = null!);
        AssertRefused("Keys[0]", "null", options => options.Keys[0] = null!);
        AssertRefused("Keys[0].Id", "''", options => options.Keys[0] = new HmacKey("", TestKeys.Secret("k")));
        AssertRefused("Keys[0].Id", "a b", options => options.Keys[0] = new HmacKey("a b", TestKeys.Secret("k")));
        AssertRefused("Keys[0].Id", "64", options => options.Keys[0] = new HmacKey(new string('k', 65), TestKeys.Secret("k")));
        AssertRefused("Keys[1].Id", "'k1'", options => options.Keys.Add(new HmacKey("k1", TestKeys.Secret("other"))));
        AssertRefused("Keys[0].Secret", "31", options => options.Keys[0] = new HmacKey("k", TestKeys.Secret("k").AsMemory(0, 31)));
        AssertRefused("Keys[0].Secret", "0", options => options.Keys[0] = new HmacKey("k", default));
        AssertRefused(
            "Keys[0].NotAfter",
            "2026-01-01T00:00:00.0000000+00:00",
            options =>
                options.Keys[0] = TestKeys.Key(
                    "k",
                    new DateTimeOffset(2026, 1, 1, 0, 0, 0, default),
                    new DateTimeOffset(2026, 1, 1, 0, 0, 0, default)
                )
        );
    }

    [Theory]
    [InlineData("your_hmac_secret_key_here_0123456789")]
    [InlineData("0123456789-YOUR-HMAC-SECRET-0123456789")]
    [InlineData("your hmac secret key here, at least 32 bytes")]
    [InlineData("please-change-me-please-change-me-please")]
    [InlineData("ChangeMeChangeMeChangeMeChangeMeChangeMe")]
    [InlineData("8f742231b10e8888abcd99yyyzzz85a5")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("your-secret-key-0123456789-0123456789")]
    [InlineData("your_secret_here_0123456789-0123456789")]
    [InlineData("yourWebhookSecret-0123456789-0123456789")]
    [InlineData("your signing secret 0123456789-0123456789")]
    [InlineData("your-shared-secret-0123456789-0123456789")]
    [InlineData("change_this-0123456789-0123456789-0123456789")]
    [InlineData("replaceMe-0123456789-0123456789-0123456789")]
    [InlineData("replace this 0123456789-0123456789-0123456789")]
    [InlineData("<insert secret> 0123456789-0123456789-0123456789")]
    [InlineData("placeholder-0123456789-0123456789-0123456789")]
    [InlineData("not-a-secret-0123456789-0123456789-0123456789")]
    [InlineData("It's a Secret to Everybody, and now longer")]
    public void Refuses_secrets_that_everybody_knows(string secret) =>
        AssertRefused("Keys[0].Secret", "well-known", options => options.Keys[0] = HmacKey.FromText("k", secret), secret);

    [Fact]
    public void Refuses_zeros_and_sequences()
    {
        AssertRefused(
            "Keys[0].Secret",
            "well-known",
            options => options.Keys[0] = new HmacKey("k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"u8.ToArray())
        );
        AssertRefused("Keys[0].Secret", "well-known", options => options.Keys[0] = new HmacKey("k", new byte[32]));
        AssertRefused(
            "Keys[0].Secret",
            "well-known",
            options => options.Keys[0] = new HmacKey("k", Enumerable.Range(0, 32).Select(i => (byte)i).ToArray())
        );
        AssertRefused(
            "Keys[0].Secret",
            "well-known",
            options => options.Keys[0] = new HmacKey("k", Enumerable.Range(1, 32).Select(i => (byte)i).ToArray())
        );
    }

    [Fact]
    public void Names_all_faults_at_once()
    {
        var options = new HmacSignatureOptions
        {
            Tolerance = TimeSpan.Zero,
            MaxBodyBytes = -1,
            Keys = [new HmacKey("", default)],
        };

        var message = Assert.Throws<ArgumentException>(() => new HmacSignatureVerifier(options)).Message;

        Assert.All(
            ["Tolerance", "MaxBodyBytes", "Keys[0].Id", "Keys[0].Secret"],
            fault => Assert.Contains(fault, message, StringComparison.Ordinal)
        );
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new HmacSigningHandler(options)).Message);
    }

    [Fact]
    public void Null_options_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new HmacSignatureVerifier(null!));
        Assert.Throws<ArgumentNullException>(() => new HmacSigningHandler(null!));
    }

    private static void AssertTaken(Action<HmacSignatureOptions> change)
    {
        var options = TestKeys.Options();
        change(options);
        using var verifier = new HmacSignatureVerifier(options);
        Assert.NotNull(verifier);
    }

    private static void AssertRefused(string option, string value, Action<HmacSignatureOptions> change, string? secret = null)
    {
        var options = TestKeys.Options();
        change(options);
        var exception = Assert.Throws<ArgumentException>(() => new HmacSignatureVerifier(options));
        Assert.Equal("options", exception.ParamName);
        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        Assert.Contains(value, exception.Message, StringComparison.Ordinal);
        if (secret is not null)
            Assert.DoesNotContain(secret, exception.Message, StringComparison.OrdinalIgnoreCase);
        foreach (var key in options.Keys ?? [])
            if (key is { Secret.Length: > 0 })
                Assert.DoesNotContain(Encoding.UTF8.GetString(key.Secret.Span), exception.Message, StringComparison.Ordinal);
    }
}
