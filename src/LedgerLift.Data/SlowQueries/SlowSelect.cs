namespace LedgerLift.Data;

/// <summary>What a plan can be asked for. Pure.</summary>
internal static class SlowSelect
{
    /// <summary>Whether this is one statement that begins with SELECT or WITH.</summary>
    internal static bool Is(string sql)
    {
        var at = 0;
        while (at < sql.Length && (char.IsWhiteSpace(sql[at]) || sql[at] == '(' || SqlScanner.EndOfComment(sql, at) is not null))
            at = SqlScanner.EndOfComment(sql, at) ?? at + 1;
        return (Begins(sql, at, "SELECT") || Begins(sql, at, "WITH")) && SqlStatements.Split(sql).Count == 1;
    }

    private static bool Begins(string sql, int at, string word) =>
        sql.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (at + word.Length == sql.Length || !(SqlScanner.IsWord(sql[at + word.Length]) || char.IsAsciiDigit(sql[at + word.Length])));
}
