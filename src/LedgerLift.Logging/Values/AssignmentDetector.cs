using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>
/// Values behind a sensitive name and <c>=</c> or <c>:</c>: <c>password=…</c>, <c>"token": "…"</c>, headers, query parameters, connection strings.
/// </summary>
internal static class AssignmentDetector
{
    private static readonly SearchValues<char> s_signs = SearchValues.Create("=:");

    /// <summary>Adds every value.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="keys">Which names are sensitive.</param>
    /// <param name="placeholder">What stands in the place of a value that was already hidden.</param>
    /// <param name="matches">Where to add.</param>
    public static void Find(ReadOnlySpan<char> text, KeyMatcher keys, ReadOnlySpan<char> placeholder, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOfAny(s_signs) is >= 0 and var found)
        {
            var sign = from + found;
            from = sign + 1;
            if (!IsAssignment(text, sign))
                continue;

            var key = AssignmentKey.Before(text, sign);
            if (key.IsEmpty || (text[sign] == ':' && key.IsOfCode()) || !key.IsSensitive(keys))
                continue;

            var value = AssignmentValue.Behind(text, sign, key, placeholder);
            if (value.End > value.Start)
            {
                matches.Add(value.Start, value.End, RedactionKind.Assignment);
                from = Math.Max(from, value.End);
            }
        }
    }

    // Comparisons, arrows, scopes and the colon of a URL assign nothing.
    private static bool IsAssignment(ReadOnlySpan<char> text, int sign)
    {
        var next = sign + 1 < text.Length ? text[sign + 1] : '\0';
        var before = sign > 0 ? text[sign - 1] : '\0';
        return text[sign] is '='
            ? next is not ('=' or '>' or '~') && before is not ('=' or '!' or '<' or '>' or '+' or '*')
            : next is not (':' or '=')
                && before is not ':'
                && !(before is ' ' && next is not ' ')
                && !(next is '/' && sign + 2 < text.Length && text[sign + 2] is '/');
    }
}
