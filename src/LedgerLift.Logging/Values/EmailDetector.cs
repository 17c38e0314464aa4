namespace LedgerLift.Logging;

/// <summary>E-mail addresses, with <c>@</c> or the <c>%40</c> of a URL.</summary>
internal static class EmailDetector
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 255;
    private const string Encoded = "%40";

    // What looks like an address and is a file: logo@2x.png.
    private static readonly string[] s_fileEndings =
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "ico",
        "css",
        "js",
        "mjs",
        "ts",
        "tsx",
        "json",
        "map",
        "dll",
        "exe",
        "so",
        "xml",
        "yml",
        "yaml",
        "service",
    ];

    /// <summary>Adds every address.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        Find(text, "@", ref matches);
        Find(text, Encoded, ref matches);
    }

    private static void Find(ReadOnlySpan<char> text, ReadOnlySpan<char> sign, ref MatchList matches)
    {
        if (!text.Contains(sign[0]))
            return;

        var (from, user) = (0, 0);
        while (text[from..].IndexOf(sign, StringComparison.Ordinal) is >= 0 and var found)
        {
            var at = from + found;
            var start = LocalStart(text, at);
            var end = DomainEnd(text, at + sign.Length);
            if (start < at && end > at && !IsRepository(text, start, at, end) && !EndsUser(matches.Items, at, ref user))
                matches.Add(start, end, RedactionKind.Email);

            from = Math.Max(at + sign.Length, end);
        }
    }

    private static int LocalStart(ReadOnlySpan<char> text, int at)
    {
        if (at > 1 && text[at - 1] == '"')
            return QuotedStart(text, at);

        var start = at;
        while (start > 0 && at - start < MaxLocal && IsLocal(text[start - 1]))
            start--;

        // A dot before an address ends a sentence; a quote or a dash before it opens something.
        while (start < at && text[start] is '.' or '\'' or '-' or '*')
            start++;

        return start;
    }

    private static int QuotedStart(ReadOnlySpan<char> text, int at)
    {
        var from = Math.Max(0, at - 1 - MaxLocal);
        var open = text[from..(at - 1)].LastIndexOf('"');
        return open < 0 ? at : from + open;
    }

    // The end of a domain with at least one dot and letters behind the last; -1 when there is none.
    private static int DomainEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < MaxDomain && (IsLabel(text[end]) || text[end] == '.'))
            end++;

        while (end > start && text[end - 1] is '.' or '-')
            end--;

        var domain = text[start..end];
        var dot = domain.LastIndexOf('.');
        return dot > 0 && domain[0] != '-' && IsTopLevel(domain[(dot + 1)..]) ? end : -1;
    }

    private static bool IsTopLevel(ReadOnlySpan<char> label)
    {
        if (label.Length < 2 || (!label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && !AllLetters(label)))
            return false;

        foreach (var ending in s_fileEndings)
        {
            if (label.Equals(ending, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static bool AllLetters(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!char.IsLetter(character))
                return false;
        }

        return true;
    }

    // The @ of https://user:password@host: the user was found, and the host stays. Both come in the order of the text.
    private static bool EndsUser(ReadOnlySpan<TextMatch> matches, int at, ref int next)
    {
        while (next < matches.Length && matches[next].Kind is RedactionKind.UrlUser && matches[next].End < at)
            next++;

        return next < matches.Length && matches[next].Kind is RedactionKind.UrlUser && matches[next].End == at;
    }

    // git@host:path names a repository, not a person.
    private static bool IsRepository(ReadOnlySpan<char> text, int start, int at, int end) =>
        text[start..at] is "git" && end < text.Length && text[end] is ':' or '/';

    private static bool IsLocal(char character) =>
        char.IsLetterOrDigit(character) || character is '.' or '_' or '%' or '+' or '-' or '\'' or '!' or '#' or '*' or '~' or '^';

    private static bool IsLabel(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';
}
