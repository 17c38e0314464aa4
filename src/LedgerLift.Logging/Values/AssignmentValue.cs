using System.Buffers;
using System.Runtime.InteropServices;

namespace LedgerLift.Logging;

/// <summary>The value behind an assignment's sign: where it begins and ends. Empty when there is none to hide.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AssignmentValue(int Start, int End)
{
    private const int MaxBlanks = 2;

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n;&,\"'`<>|");
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\r\n\"");

    /// <summary>The value behind a sign.</summary>
    public static AssignmentValue Behind(ReadOnlySpan<char> text, int sign, AssignmentKey key, ReadOnlySpan<char> placeholder)
    {
        var start = sign + 1;
        var maxBlanks = key.IsParameter ? 0 : MaxBlanks;
        for (var blanks = 0; blanks < maxBlanks && start < text.Length && text[start] == ' '; blanks++)
            start++;

        if (start == text.Length || text[start..].StartsWith(placeholder, StringComparison.Ordinal))
            return default;

        var quote = QuoteAt(text, start, out var escapes);
        if (quote != '\0' && escapes == 0 && key.IsQuotedWithSign(quote))
            return default;

        if (quote != '\0')
            return Quoted(text, start + escapes + 1, quote, escapes, placeholder);

        if (text[start] is '{' or '[' && !IsFormatItem(text[start..]))
            return Bracketed(text, start);

        return Bare(text, sign, start, key);
    }

    private static char QuoteAt(ReadOnlySpan<char> text, int start, out int escapes)
    {
        var rest = text[start..];
        escapes = rest.IndexOfAnyExcept('\\');
        return escapes >= 0 && rest[escapes] is '"' or '\'' or '`' ? rest[escapes] : '\0';
    }

    // Closed by the same quote with as many escapes; by the end of the text otherwise.
    private static AssignmentValue Quoted(ReadOnlySpan<char> text, int start, char quote, int escapes, ReadOnlySpan<char> placeholder)
    {
        if (text[start..].StartsWith(placeholder, StringComparison.Ordinal) || IsFormatItem(text[start..]))
            return default;

        for (var i = start; i < text.Length; i++)
        {
            if (text[i] != quote)
                continue;

            var before = text[start..i];
            var slashes = before.Length - before.TrimEnd('\\').Length;
            if (escapes == 0 ? slashes % 2 == 0 : slashes <= escapes)
                return new AssignmentValue(start, i - Math.Min(slashes, escapes));
        }

        return new AssignmentValue(start, text.Length);
    }

    // An object or a list is hidden whole, to its matching bracket or to the end.
    private static AssignmentValue Bracketed(ReadOnlySpan<char> text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is '{' or '[')
                depth++;
            else if (text[i] is '}' or ']' && --depth == 0)
                return new AssignmentValue(start, i + 1);
        }

        return new AssignmentValue(start, text.Length);
    }

    // {0}: the place of a value in a format string.
    private static bool IsFormatItem(ReadOnlySpan<char> text) => text is ['{', >= '0' and <= '9', '}' or ':' or ',', ..];

    private static AssignmentValue Bare(ReadOnlySpan<char> text, int sign, int start, AssignmentKey key)
    {
        if (WholeLines.Contains(key.Name, text, start))
        {
            var line = text[start..].IndexOfAny(s_lineEnds);
            return new AssignmentValue(start, line < 0 ? text.Length : start + line);
        }

        var length = text[start..].IndexOfAny(s_ends);
        var end = length < 0 ? text.Length : start + length;
        var value = text[sign] == ':' ? text[start..end].TrimEnd(")]}.") : text[start..end];
        return Wording.IsSecret(key.Name, value, text, sign) ? new AssignmentValue(start, start + value.Length) : default;
    }
}
