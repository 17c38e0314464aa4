using System.Diagnostics;

namespace LedgerLift.Logging.Tests;

public sealed class BoundedTextTests
{
    private static readonly PiiRedactor s_redactor = new();

    public static TheoryData<string> HostilePieces =>
        [
            "@",
            "a@",
            "a@b.",
            "=",
            ":",
            "a=",
            "password=",
            "\"password\":",
            "://",
            "://a:b@",
            "eyJ",
            "eyJ.eyJ.",
            "bearer ",
            "-----BEGIN ",
            "4111 ",
            "DE89",
            "{",
            "[{\"a\":",
            "<a>",
            "</",
            "%40",
            "\\",
            "\\\"",
            "?a=b&",
            "AKIA",
            "1",
            "\uD800",
            "\u202E",
            "{\"password\":\"",
        ];

    [Theory]
    [MemberData(nameof(HostilePieces))]
    public void A_megabyte_of_anything_is_cut_and_judged_in_milliseconds(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        s_redactor.RedactText(text);
        var start = Stopwatch.GetTimestamp();

        var redacted = s_redactor.RedactText(text);

        Assert.True(redacted.Length < 20_000, $"{redacted.Length} characters");
        Assert.Contains("[TRUNCATED:", redacted, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Theory]
    [MemberData(nameof(HostilePieces))]
    public void Time_grows_with_the_length_and_not_with_its_square(string piece)
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { MaxScanLength = 1_048_576 });
        var time = Measure(redactor, piece, 8_000);
        var longer = Measure(redactor, piece, 128_000);

        // Sixteen times the length: a quadratic search would take 256 times as long.
        Assert.True(longer < (time * 128) + TimeSpan.FromMilliseconds(100), $"{piece}: {time} and {longer}");
    }

    [Fact]
    public void A_secret_that_the_cut_divides_leaves_no_half_behind()
    {
        foreach (
            var secret in new[]
            {
                "ada.lovelace@example.org",
                "4111 1111 1111 1111",
                "DE89 3704 0044 0532 0130 00",
                "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
            }
        )
        {
            for (var place = 0; place <= secret.Length; place++)
            {
                var text =
                    new string('x', 500).Replace("xxxxx", "word ", StringComparison.Ordinal)[..(500 - place)]
                    + " "
                    + secret
                    + new string('y', 600);
                var redacted = new PiiRedactor(new PiiRedactionOptions { MaxScanLength = 501 }).RedactText(text);

                Assert.DoesNotContain(secret[..6], redacted, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Text_up_to_the_limit_is_not_cut()
    {
        var text = new string('x', 8192);

        Assert.Same(text, s_redactor.RedactText(text));
        Assert.Contains("[TRUNCATED:", s_redactor.RedactText(text + "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_text_allocates_nothing()
    {
        foreach (
            var text in new[]
            {
                "plain",
                "GET /api/documents 200 in 12 ms",
                "550e8400-e29b-41d4-a716-446655440000",
                "at 12:30:15 http://host/path?page=2",
            }
        )
        {
            Allocation.IsZero(() => s_redactor.RedactText(text));
        }
    }

    private static TimeSpan Measure(PiiRedactor redactor, string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            redactor.RedactText(text);
            best = Stopwatch.GetElapsedTime(start) < best ? Stopwatch.GetElapsedTime(start) : best;
        }

        return best;
    }
}
