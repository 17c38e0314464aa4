using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Logging.Tests;

public sealed class KeySpellingProperties
{
    private static readonly PiiRedactor s_redactor = new();

    private static readonly string[][] s_sensitive =
    [
        ["user", "password"],
        ["api", "key"],
        ["access", "token"],
        ["client", "secret"],
        ["session", "cookie"],
        ["home", "phone"],
        ["contact", "email", "address"],
        ["credit", "card", "number"],
        ["remote", "ip"],
        ["birth", "date"],
    ];

    private static readonly string[][] s_harmless =
    [
        ["token", "count"],
        ["document", "author"],
        ["cancellation", "token"],
        ["request", "path"],
        ["public", "key"],
        ["email", "template", "id"],
        ["max", "tokens"],
        ["session", "timeout", "seconds"],
    ];

    private static readonly Func<string[], string>[] s_spellings =
    [
        static words => string.Join('_', words),
        static words => string.Join('-', words),
        static words => string.Join('.', words),
        static words => string.Join(' ', words),
        static words => string.Join('_', words).ToUpperInvariant(),
        static words => string.Concat(words.Select(Capital)),
        static words => words[0] + string.Concat(words.Skip(1).Select(Capital)),
        static words => string.Concat(words),
        static words => string.Concat(words).ToUpperInvariant(),
        static words => FullWidth(string.Join('_', words)),
        static words => "x-" + string.Join('-', words.Select(Capital)),
        static words => string.Concat(words.Select(Capital)) + "2",
    ];

    [Fact]
    public void The_spelling_of_a_name_does_not_matter() => Check(s_sensitive, expected: true);

    [Fact]
    public void The_spelling_of_a_harmless_name_does_not_hide_it() => Check(s_harmless, expected: false);

    private static void Check(string[][] names, bool expected)
    {
        var cases = Gen.Elements(names).SelectMany(_ => Gen.Elements(s_spellings), static (words, spell) => spell(words));
        Prop.ForAll(cases.ToArbitrary(), key => s_redactor.IsSensitiveKey(key) == expected)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string FullWidth(string name) => string.Concat(name.Select(static character => (char)(character - '!' + '\uFF01')));
}
