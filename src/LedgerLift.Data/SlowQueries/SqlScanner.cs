namespace LedgerLift.Data;

/// <summary>Finds where a literal or a comment ends (PostgreSQL documentation, "Lexical Structure"). What has no end goes to the end of the text. Pure.</summary>
internal static class SqlScanner
{
    internal static bool IsWord(char character) => char.IsLetter(character) || character == '_';

    /// <summary>The end of the string literal that begins here, with its prefix; null when none does.</summary>
    internal static int? EndOfString(string sql, int at)
    {
        var current = sql[at];
        if (current == '\'')
            return EndOfQuoted(sql, at, '\'', hasBackslashes: false);
        if (current == '$')
            return EndOfDollar(sql, at);
        if (current is not ('E' or 'e' or 'B' or 'b' or 'X' or 'x' or 'N' or 'n' or 'U' or 'u') || (at > 0 && IsInWord(sql[at - 1])))
            return null;
        if (Next(sql, at + 1) == '\'')
            return EndOfQuoted(sql, at + 1, '\'', hasBackslashes: current is 'E' or 'e');
        return current is 'U' or 'u' && Next(sql, at + 1) == '&' && Next(sql, at + 2) == '\''
            ? EndOfQuoted(sql, at + 2, '\'', hasBackslashes: false)
            : null;
    }

    /// <summary>The end of what begins with a quote and ends with one that is not doubled.</summary>
    internal static int EndOfQuoted(string sql, int at, char quote, bool hasBackslashes)
    {
        var next = at + 1;
        while (next < sql.Length)
        {
            if (hasBackslashes && sql[next] == '\\')
                next += 2;
            else if (sql[next] != quote)
                next++;
            else if (Next(sql, next + 1) == quote)
                next += 2;
            else
                return next + 1;
        }

        return sql.Length;
    }

    internal static int EndOfNumber(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length)
        {
            var isSign = sql[end] is '+' or '-' && sql[end - 1] is 'e' or 'E' && char.IsAsciiDigit(Next(sql, end + 1));
            if (!isSign && !char.IsAsciiLetterOrDigit(sql[end]) && sql[end] is not ('.' or '_'))
                break;
            end++;
        }

        return end;
    }

    internal static int? EndOfComment(string sql, int at)
    {
        if (sql[at] == '-' && Next(sql, at + 1) == '-')
        {
            var line = sql.AsSpan(at).IndexOfAny('\r', '\n');
            return line < 0 ? sql.Length : at + line;
        }

        return sql[at] == '/' && Next(sql, at + 1) == '*' ? EndOfBlock(sql, at + 2) : null;
    }

    private static int EndOfBlock(string sql, int at)
    {
        // They nest.
        var depth = 1;
        while (at < sql.Length && depth > 0)
        {
            var pair = (sql[at], Next(sql, at + 1));
            depth += pair switch
            {
                ('/', '*') => 1,
                ('*', '/') => -1,
                _ => 0,
            };
            at += pair is ('/', '*') or ('*', '/') ? 2 : 1;
        }

        return Math.Min(at, sql.Length);
    }

    private static int? EndOfDollar(string sql, int at)
    {
        if (at > 0 && IsInWord(sql[at - 1]))
            return null;
        var tagEnd = at + 1;
        while (tagEnd < sql.Length && (IsWord(sql[tagEnd]) || (tagEnd > at + 1 && char.IsAsciiDigit(sql[tagEnd]))))
            tagEnd++;
        if (Next(sql, tagEnd) != '$')
            return null;
        var tag = sql[at..(tagEnd + 1)];
        var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    private static bool IsInWord(char character) => IsWord(character) || char.IsAsciiDigit(character) || character == '$';

    private static char Next(string sql, int at) => at < sql.Length ? sql[at] : '\0';
}
