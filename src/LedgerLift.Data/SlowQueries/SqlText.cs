using System.Text;

namespace LedgerLift.Data;

/// <summary>Makes SQL fit to be shown: literals become <c>?</c>, comments and repeated white space go, and it ends after 2 KiB. Pure.</summary>
internal static class SqlText
{
    internal const int LongestText = 2048;

    /// <summary>Masks one command's text.</summary>
    internal static string Mask(string sql)
    {
        var masked = new StringBuilder(Math.Min(sql.Length, LongestText));
        var at = 0;
        while (at < sql.Length && masked.Length < LongestText)
            at = Step(sql, at, masked);
        while (masked.Length > 0 && masked[^1] == ' ')
            masked.Length--;
        if (masked.Length > LongestText)
            masked.Length = LongestText;
        // Never one half of a character.
        if (masked.Length > 0 && char.IsHighSurrogate(masked[^1]))
            masked.Length--;
        return masked.ToString();
    }

    private static int Step(string sql, int at, StringBuilder masked)
    {
        var current = sql[at];
        if (SqlScanner.EndOfComment(sql, at) is { } afterComment)
            return Space(masked, afterComment);
        if (char.IsWhiteSpace(current))
            return Space(masked, at + 1);
        if (SqlScanner.EndOfString(sql, at) is { } afterString)
            return Literal(masked, afterString);
        if (current == '"')
            return Copy(sql, at, SqlScanner.EndOfQuoted(sql, at, '"', hasBackslashes: false), masked);
        if (char.IsAsciiDigit(current))
            return Literal(masked, SqlScanner.EndOfNumber(sql, at));
        // A name with its digits, a parameter $1: as they are.
        var end = at + 1;
        if (SqlScanner.IsWord(current) || current == '$')
        {
            while (end < sql.Length && (SqlScanner.IsWord(sql[end]) || char.IsAsciiDigit(sql[end]) || sql[end] == '$'))
                end++;
        }

        return Copy(sql, at, end, masked);
    }

    private static int Copy(string sql, int from, int to, StringBuilder masked)
    {
        masked.Append(sql, from, to - from);
        return to;
    }

    private static int Literal(StringBuilder masked, int end)
    {
        masked.Append('?');
        return end;
    }

    private static int Space(StringBuilder masked, int end)
    {
        if (masked.Length > 0 && masked[^1] != ' ')
            masked.Append(' ');
        return end;
    }
}
