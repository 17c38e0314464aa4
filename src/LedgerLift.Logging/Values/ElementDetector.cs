namespace LedgerLift.Logging;

/// <summary>The text of an XML element with a sensitive name: <c>&lt;password&gt;…&lt;/password&gt;</c>.</summary>
internal static class ElementDetector
{
    private const string Closing = "</";

    /// <summary>Adds every text.</summary>
    public static void Find(ReadOnlySpan<char> text, KeyMatcher keys, ReadOnlySpan<char> placeholder, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOf(Closing, StringComparison.Ordinal) is >= 0 and var found)
        {
            var end = from + found;
            var nameStart = end + Closing.Length;
            var start = text[from..end].LastIndexOf('>') + 1 + from;
            from = nameStart;
            var length = text.Slice(nameStart, Math.Min(KeyName.MaxLength, text.Length - nameStart)).IndexOf('>');
            if (start == end || length <= 0)
                continue;

            var value = text[start..end];
            if (keys.IsSensitive(text.Slice(nameStart, length)) && !value.StartsWith(placeholder, StringComparison.Ordinal))
                matches.Add(start, end, RedactionKind.Assignment);
        }
    }
}
