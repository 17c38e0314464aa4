namespace LedgerLift.Logging;

/// <summary>Private keys in PEM form. Public keys and certificates are for everybody and stay.</summary>
internal static class PemDetector
{
    /// <summary>How a block begins.</summary>
    public const string Opening = "-----BEGIN ";

    private const string Closing = "-----END ";
    private const string Dashes = "-----";
    private const int MaxLabel = 64;

    /// <summary>Adds every block whose label says that it is private, to its end or to the end of the text.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var found)
        {
            var start = from + found;
            from = start + Opening.Length;
            var label = text[from..Math.Min(text.Length, from + MaxLabel)];
            var labelEnd = label.IndexOf(Dashes, StringComparison.Ordinal);
            if (labelEnd >= 0)
                label = label[..labelEnd];

            if (!label.Contains("PRIVATE", StringComparison.Ordinal))
                continue;

            var end = End(text, from);
            matches.Add(start, end, RedactionKind.PrivateKey);
            from = end;
        }
    }

    private static int End(ReadOnlySpan<char> text, int from)
    {
        var close = text[from..].IndexOf(Closing, StringComparison.Ordinal);
        if (close < 0)
            return text.Length;

        from += close + Closing.Length;
        var dashes = text[from..].IndexOf(Dashes, StringComparison.Ordinal);
        return dashes < 0 ? text.Length : from + dashes + Dashes.Length;
    }
}
