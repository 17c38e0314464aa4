namespace LedgerLift.AspNetCore;

/// <summary>A path with * and ?, compared without case, trailing slash and escapes. Immutable; time is bounded by pattern times path.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly string _pattern = Normal(pattern);

    public bool Matches(string path)
    {
        ReadOnlySpan<char> text = Normal(path);
        var (at, place, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (place < _pattern.Length && _pattern[place] == '*')
                (star, mark, place) = (place, at, place + 1);
            else if (place < _pattern.Length && IsSame(_pattern[place], text[at]))
                (at, place) = (at + 1, place + 1);
            else if (star >= 0)
                (at, mark, place) = (mark + 1, mark + 1, star + 1);
            else
                return false;
        }

        return _pattern.AsSpan(place).IndexOfAnyExcept('*') < 0;
    }

    private static bool IsSame(char wanted, char found) => wanted == '?' || char.ToUpperInvariant(wanted) == char.ToUpperInvariant(found);

    // The server unescapes all but %2F, and a proxy in front may have escaped twice: until nothing changes, at most three times.
    private static string Normal(string path)
    {
        var text = path;
        for (var round = 0; round < 3 && text.Contains('%', StringComparison.Ordinal); round++)
            text = Uri.UnescapeDataString(text);

        var trimmed = text.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed;
    }
}
