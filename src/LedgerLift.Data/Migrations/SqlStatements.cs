namespace LedgerLift.Data;

/// <summary>Splits a script into its statements. Pure.</summary>
internal static class SqlStatements
{
    /// <summary>The statements that are more than comments, without their semicolons.</summary>
    internal static IReadOnlyList<string> Split(string sql)
    {
        var statements = new List<string>();
        var (start, at) = (0, 0);
        while (at < sql.Length)
        {
            if (sql[at] == ';')
            {
                Add(statements, sql[start..at]);
                start = ++at;
            }
            else
            {
                at = Next(sql, at);
            }
        }

        Add(statements, sql[start..]);
        return statements;
    }

    private static int Next(string sql, int at)
    {
        if ((SqlScanner.EndOfComment(sql, at) ?? SqlScanner.EndOfString(sql, at)) is { } end)
            return end;
        return sql[at] == '"' ? SqlScanner.EndOfQuoted(sql, at, '"', hasBackslashes: false) : at + 1;
    }

    private static void Add(List<string> statements, string statement)
    {
        if (SqlText.Mask(statement).Length > 0)
            statements.Add(statement.Trim());
    }
}
