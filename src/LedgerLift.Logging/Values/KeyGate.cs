using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>A quick look for tokens, keys and authorizations: most texts have no long run of letters and digits, and none of the words before one.</summary>
internal static class KeyGate
{
    // The shortest of the vendors' keys, and shorter than any JSON Web Token.
    private const int ShortestKey = 15;

    // "basic " and four characters.
    private const int ShortestAuthorization = 10;

    private static readonly SearchValues<char> s_keyCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    private static readonly SearchValues<string> s_openings = SearchValues.Create(
        [JwtDetector.Opening, .. CloudKeyDetector.Prefixes],
        StringComparison.Ordinal
    );

    /// <summary>Whether the text could hold one.</summary>
    public static bool IsOpen(ReadOnlySpan<char> text) =>
        text.Length >= ShortestAuthorization
        && (
            HasAuthorization(text)
            || (HasLongRun(text) && text.IndexOfAny(s_openings) >= 0)
            || (text.Length > PemDetector.Opening.Length && text.Contains(PemDetector.Opening, StringComparison.Ordinal))
        );

    // Looks at what stands before each blank: the end of "bearer" or "basic".
    private static bool HasAuthorization(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (text[from..].IndexOf(' ') is >= 0 and var found)
        {
            var end = from + found;
            if (end >= 4 && (text[end - 1] | ' ') is 'r' or 'c' && IsAuthorization(text[..end]))
                return true;

            from += found + 1;
        }

        return false;
    }

    private static bool IsAuthorization(ReadOnlySpan<char> text) =>
        text.EndsWith("bearer", StringComparison.OrdinalIgnoreCase) || text.EndsWith("basic", StringComparison.OrdinalIgnoreCase);

    // A run of this length covers one of the places that lie so far apart.
    private static bool HasLongRun(ReadOnlySpan<char> text)
    {
        for (var place = ShortestKey - 1; place < text.Length; place += ShortestKey)
        {
            if (!s_keyCharacters.Contains(text[place]))
                continue;

            var start = text[..place].LastIndexOfAnyExcept(s_keyCharacters) + 1;
            var length = text[start..].IndexOfAnyExcept(s_keyCharacters);
            if ((length < 0 ? text.Length - start : length) >= ShortestKey)
                return true;
        }

        return false;
    }
}
