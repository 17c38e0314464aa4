namespace LedgerLift.Logging;

/// <summary>Compares the end of a path of keys with a pattern such as <c>credit_card.code</c>, <c>headers.*</c> or <c>user.**.street</c>.</summary>
internal static class PathGlob
{
    private const string AnyKeys = "**";

    /// <summary>Whether the last keys match; the path may begin with others.</summary>
    /// <param name="elements">The pattern's elements, small letters and stars only.</param>
    /// <param name="key">The last key; dots in it divide it as they do the pattern.</param>
    /// <param name="parent">The path before it.</param>
    public static bool Matches(ReadOnlySpan<string> elements, ReadOnlySpan<char> key, KeyPath? parent)
    {
        if (elements.IsEmpty)
            return true;

        if (elements[^1] is AnyKeys)
            return MatchesAny(elements[..^1], key, parent);

        var dot = key.LastIndexOf('.');
        return MatchesElement(elements[^1], key[(dot + 1)..]) && MatchesRest(elements[..^1], dot < 0 ? default : key[..dot], parent);
    }

    private static bool MatchesRest(ReadOnlySpan<string> elements, ReadOnlySpan<char> rest, KeyPath? parent)
    {
        if (elements.IsEmpty)
            return true;

        if (!rest.IsEmpty)
            return Matches(elements, rest, parent);

        return parent is null ? elements.IndexOfAnyExcept(AnyKeys) < 0 : Matches(elements, parent.Key, parent.Parent);
    }

    // Any number of keys, none among them: try each beginning.
    private static bool MatchesAny(ReadOnlySpan<string> before, ReadOnlySpan<char> key, KeyPath? parent)
    {
        if (before.IsEmpty || Matches(before, key, parent))
            return true;

        var dot = key.LastIndexOf('.');
        if (dot >= 0)
            return MatchesAny(before, key[..dot], parent);

        return parent is not null && MatchesAny(before, parent.Key, parent.Parent);
    }

    private static bool MatchesElement(ReadOnlySpan<char> pattern, ReadOnlySpan<char> key)
    {
        Span<char> letters = stackalloc char[KeyName.MaxLength];
        return MatchesLetters(pattern, letters[..KeyText.Letters(key, letters)]);
    }

    // The usual two-pointer match: on a miss, the last star takes one letter more.
    private static bool MatchesLetters(ReadOnlySpan<char> pattern, ReadOnlySpan<char> letters)
    {
        var (p, l, star, taken) = (0, 0, -1, 0);
        while (l < letters.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                taken = l;
            }
            else if (p < pattern.Length && pattern[p] == letters[l])
            {
                p++;
                l++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                l = ++taken;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
