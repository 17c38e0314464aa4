namespace LedgerLift.Logging.Tests;

public sealed class MaskTests
{
    private const string Key = "a key of thirty-two bytes or more";

    [Theory]
    [InlineData(RedactionMask.Fixed, "[REDACTED]")]
    [InlineData(RedactionMask.Typed, "[REDACTED:email]")]
    [InlineData(RedactionMask.KeepLast4, "[REDACTED:.org]")]
    public void A_mask_is_written_in_the_place_of_the_value(RedactionMask mask, string expected)
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { Mask = mask });

        Assert.Equal($"to {expected} now", redactor.RedactText("to ada@example.org now"));
    }

    [Fact]
    public void A_kind_may_have_a_mask_of_its_own()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { Masks = { [RedactionKind.Card] = RedactionMask.KeepLast4 } });

        Assert.Equal("[REDACTED:1111] of [REDACTED]", redactor.RedactText("4111111111111111 of ada@example.org"));
    }

    [Fact]
    public void Short_values_keep_nothing()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { Mask = RedactionMask.KeepLast4 });

        Assert.Equal("pin=[REDACTED]", redactor.RedactText("pin=12345678901"));
        Assert.Equal("pin=[REDACTED:9012]", redactor.RedactText("pin=123456789012"));
    }

    [Fact]
    public void A_pseudonym_is_the_same_for_the_same_value_and_key_only()
    {
        var one = Pseudonym(Key, "ada@example.org");

        Assert.Equal(one, Pseudonym(Key, "ada@example.org"));
        Assert.NotEqual(one, Pseudonym(Key, "bob@example.org"));
        Assert.NotEqual(one, Pseudonym(Key + "!", "ada@example.org"));
        Assert.Matches(@"^\[REDACTED:[0-9a-f]{16}\]$", one);
    }

    [Fact]
    public void A_pseudonym_is_the_first_half_of_the_hash_that_everybody_computes()
    {
        var hash = System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Key), "ada@example.org"u8.ToArray());

        Assert.Equal($"[REDACTED:{Convert.ToHexStringLower(hash)[..16]}]", Pseudonym(Key, "ada@example.org"));
    }

    [Fact]
    public void A_value_under_a_key_is_masked_by_what_it_is()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { Mask = RedactionMask.KeepLast4 });

        var result = Assert.IsType<Dictionary<string, object?>>(
            redactor.Redact(
                new Dictionary<string, object?>
                {
                    ["token"] = "abcdefghijklmnop",
                    ["pin"] = 1234,
                    ["secret"] = new { A = 1 },
                }
            )
        );

        Assert.Equal("[REDACTED:mnop]", result["token"]);
        Assert.Equal("[REDACTED]", result["pin"]);
        Assert.Equal("[REDACTED]", result["secret"]);
    }

    [Fact]
    public void Another_placeholder_may_have_no_bracket()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { Placeholder = "***", Mask = RedactionMask.Typed });

        Assert.Equal("to ***:email now", redactor.RedactText("to ada@example.org now"));
    }

    private static string Pseudonym(string key, string value) =>
        new PiiRedactor(new PiiRedactionOptions { Mask = RedactionMask.Pseudonym, PseudonymKey = key }).RedactText(value);
}
