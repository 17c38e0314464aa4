using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Logging.Tests;

public sealed class RedactedTextProperties
{
    private static readonly PiiRedactor s_redactor = new();

    private static readonly string[] s_pieces =
    [
        "password",
        "token",
        "name",
        "count",
        "=",
        ":",
        " ",
        "\"",
        "'",
        ",",
        ";",
        "{",
        "}",
        "[",
        "]",
        "?",
        "&",
        "@",
        "example.org",
        "://",
        "\\",
        "\n",
        "Bearer ",
        "Basic ",
        "4111111111111111",
        "DE89370400440532013000",
        "abc",
        "x1y2",
        "<",
        ">",
        "</",
        "[REDACTED]",
        ".",
        "-",
        "%40",
        "eyJhbGciOiJIUzI1NiJ9",
        "-----BEGIN RSA PRIVATE KEY-----",
    ];

    [Fact]
    public void Redacting_twice_changes_nothing_more() =>
        Check(static text => s_redactor.RedactText(s_redactor.RedactText(text)) == s_redactor.RedactText(text));

    [Fact]
    public void Any_text_is_answered_without_an_exception_and_stays_bounded() =>
        Check(static text => s_redactor.RedactText(text).Length <= text.Length * 12);

    [Fact]
    public void Any_characters_are_answered_without_an_exception() =>
        Prop.ForAll<string?>(static text => text is null || s_redactor.RedactText(text) is not null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static void Check(Func<string, bool> property)
    {
        var texts = Gen.Elements(s_pieces).ListOf().Select(static pieces => string.Concat(pieces));
        Prop.ForAll(texts.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(30));
    }
}
