using System.Collections.Frozen;

namespace LedgerLift.Logging;

/// <summary>Neighbouring words of a key name that say more together than alone. Each entry is "first second", lower case.</summary>
internal static class KeyPairs
{
    private static readonly FrozenSet<string> s_sensitive = Set(
        // Payment cards and bank accounts.
        "card number, card numbers, card num, card no, card pin, card code, card security, card holder, card data, cc number, cc num, cc csc, security code, "
            + "account number, account no, account holder, on account, bank account, routing number, sort code, iban number, pin block, track data, credit card, debit card, pin code",
        // Codes that let somebody in.
        "access code, verification code, activation code, authorization code, auth code, recovery code, recovery codes, backup code, "
            + "backup codes, mfa code, factor code, factor codes, time code, time password, device code, totp code, otp code, reset code, login code, "
            + "pass phrase, recovery phrase, seed phrase, mnemonic phrase, security answer, security stamp, code verifier, shared access",
        // People and their papers.
        "cell number, cell no, passport number, passport no, national id, national identification, national insurance, tax identification, tax id, "
            + "social security, license number, licence number, drivers license, drivers licence, driver license, driver licence, driving licence, "
            + "driving license, medical record, maiden name, name on",
        // Where somebody calls from, lives, or which database one may open.
        "birth date, birth day, birth place, from address, remote addr, client addr, client address, remote address, ip addr, ip address, ip addresses, forwarded for, address line, connection string, connection "
            + "strings, github pat"
    );

    // A token that is a mark in a text or a place in a list, a name that only looks like one.
    private static readonly FrozenSet<string> s_harmless = Set(
        "cancellation token, continuation token, page token, syntax token, metadata token, change token, stop token, next token, sequence token, "
            + "concurrency token, lexer token, parser token, key token, output token, input token, prompt tokens, completion tokens, input tokens, "
            + "output tokens, cached tokens, reasoning tokens, syntax tokens, stop tokens, mobile app, mobile version"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_sensitiveBySpan = s_sensitive.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_harmlessBySpan = s_harmless.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>The pairs that are rules.</summary>
    public static IEnumerable<string> Sensitive => s_sensitive;

    /// <summary>Whether the two words, with one space between them, make the value sensitive.</summary>
    public static bool IsSensitive(ReadOnlySpan<char> pair) => s_sensitiveBySpan.Contains(pair);

    /// <summary>Whether the first word takes the weight off the second.</summary>
    public static bool IsHarmless(ReadOnlySpan<char> pair) => s_harmlessBySpan.Contains(pair);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> lists)
    {
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in lists)
            pairs.UnionWith(list.Split(", "));

        return pairs.ToFrozenSet(StringComparer.Ordinal);
    }
}
