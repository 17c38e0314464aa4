using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>User names and passwords between <c>://</c> and the host.</summary>
internal static class UrlUserDetector
{
    private const string Opening = "://";

    // Nobody's user and password are longer; a limit keeps many openings from reading the same text again and again.
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'<>`\\");

    /// <summary>Adds everything between the scheme and the last @ before the host.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        if (!text.Contains('@'))
            return;

        var from = 0;
        while (text[from..].IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var found)
        {
            var start = from + found + Opening.Length;
            var end = UserEnd(text, start);
            if (end > start)
                matches.Add(start, end, RedactionKind.UrlUser);

            from = Math.Max(start, end);
        }
    }

    private static int UserEnd(ReadOnlySpan<char> text, int start)
    {
        var rest = text.Slice(start, Math.Min(MaxLength, text.Length - start));
        var length = rest.IndexOfAny(s_ends);
        if (length >= 0)
            rest = rest[..length];

        var authority = rest.IndexOfAny('/', '?', '#');
        var user = (authority < 0 ? rest : rest[..authority]).LastIndexOf('@');

        // A password with a slash in it ends the authority too early: "user:pa/ss@host". Behind a port there is no user.
        if (user < 0 && authority > 0 && IsUserAndPassword(rest[..authority]))
        {
            var query = rest.IndexOfAny('?', '#');
            user = (query < 0 ? rest : rest[..query]).LastIndexOf('@');
        }

        return user < 0 ? -1 : start + user;
    }

    private static bool IsUserAndPassword(ReadOnlySpan<char> authority)
    {
        var colon = authority.IndexOf(':');
        return colon > 0 && authority[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') >= 0 && authority[0] != '[';
    }
}
