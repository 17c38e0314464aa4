namespace LedgerLift.Logging;

/// <summary>The built-in judgement of a key name by its words.</summary>
internal static class KeyRules
{
    // In a joined name that the words do not cover: letters that mean only one thing.
    private static readonly string[] s_unmistakable =
    [
        "password",
        "passwd",
        "passphrase",
        "privatekey",
        "secretkey",
        "apikey",
        "accesstoken",
        "refreshtoken",
        "clientsecret",
        "connectionstring",
    ];

    // Participles that leave the value what it was.
    private static readonly string[] s_stillTheValue =
    [
        "encrypted",
        "encoded",
        "hashed",
        "decrypted",
        "wrapped",
        "protected",
        "seed",
        "id",
    ];

    /// <summary>The words, pairs and runs of letters that are rules, words of a pair with one space between.</summary>
    public static IEnumerable<string> Literals => [.. KeyWords.Sensitive, .. KeyPairs.Sensitive, .. s_unmistakable];

    /// <summary>Whether a value under this name must not be shown.</summary>
    public static bool IsSensitive(KeyName name)
    {
        for (var i = 0; i < name.Count; i++)
        {
            var isKnown = KeyWords.TryGet(name[i], out var roles);
            if (
                roles.Has(WordRoles.Strong)
                || (!isKnown && IsUnmistakable(name[i]))
                || IsOpeningKey(name, i)
                || (roles.Has(WordRoles.Weak) && !IsVetoed(name, i, roles))
                || (IsSensitivePair(name, i) && !IsVetoed(name, i + 1, WordRoles.None))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnmistakable(ReadOnlySpan<char> word)
    {
        foreach (var letters in s_unmistakable)
        {
            if (word.Contains(letters, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // An API key, a signing key, an encrypted user key: the word before decides, or one a little further when that one is unknown here.
    private static bool IsOpeningKey(KeyName name, int index)
    {
        if (name[index] is "pass")
            return index > 0 && name.Has(index - 1, WordRoles.HasPass);

        if (name[index] is not ("key" or "keys"))
            return false;

        for (var before = index - 1; before >= Math.Max(0, index - 3); before--)
        {
            if (name.Has(before, WordRoles.FindsWithKey))
                return false;

            if (name.Has(before, WordRoles.OpensWithKey))
                return true;
        }

        return false;
    }

    private static bool IsSensitivePair(KeyName name, int first)
    {
        if (first + 1 == name.Count)
            return name.Count == 1 && name[0] is "ip";

        return name[first + 1] switch
        {
            "name" or "names" => name.Has(first, WordRoles.IsNamed),
            "address" or "addresses" => name.Has(first, WordRoles.IsPlace) || KeyPairs.IsSensitive(name.Pair(first)),
            "ip" or "ips" => name.Has(first, WordRoles.HasAddress),
            _ => KeyPairs.IsSensitive(name.Pair(first)),
        };
    }

    private static bool IsVetoed(KeyName name, int index, WordRoles roles)
    {
        if (index >= name.Count)
            return false;

        if ((index > 0 && KeyPairs.IsHarmless(name.Pair(index - 1))) || (index + 1 < name.Count && KeyPairs.IsHarmless(name.Pair(index))))
            return true;

        if (name.Has(0, WordRoles.VetoFirst) || IsPer(name, index) || IsAmount(name, index))
            return true;

        return index < name.Count - 1 && IsVetoedByLast(name, index, roles);
    }

    private static bool IsVetoedByLast(KeyName name, int index, WordRoles roles)
    {
        var last = name[name.Count - 1];
        if (last is "id" or "ids")
            return IsVetoedById(name, index, roles);

        return KeyWords.TryGet(last, out var lastRoles) ? lastRoles.Has(WordRoles.VetoLast | WordRoles.Trailing) : IsParticiple(last);
    }

    // A session's id is the session; "email id" is an address in much of the world; any other id only finds something.
    private static bool IsVetoedById(KeyName name, int index, WordRoles roles) =>
        !roles.Has(WordRoles.StaysWithId) && !(name[index] is "email" or "mail" && index == name.Count - 2);

    private static bool IsPer(KeyName name, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (name[i] is "per")
                return true;
        }

        return false;
    }

    private static bool IsAmount(KeyName name, int index) =>
        name[index] is [.., 's'] && (name.Has(0, WordRoles.AmountFirst) || (index > 0 && name.Has(index - 1, WordRoles.AmountFirst)));

    // enabled, confirmed, linking, routable: the name says what was or can be done with it.
    private static bool IsParticiple(ReadOnlySpan<char> last)
    {
        foreach (var still in s_stillTheValue)
        {
            if (last.SequenceEqual(still))
                return false;
        }

        return last.EndsWith("ed", StringComparison.Ordinal)
            || last.EndsWith("able", StringComparison.Ordinal)
            || (last.EndsWith("ing", StringComparison.Ordinal) && last is not ("string" or "thing" or "ring"));
    }
}
