using System.Globalization;

namespace LedgerLift.Data;

/// <summary>Tells the server how long statements and waits for locks may take. Pure.</summary>
internal static class ServerTimeouts
{
    /// <summary>The statements, in order; none for null.</summary>
    /// <param name="statement">The longest a statement may take.</param>
    /// <param name="wait">The longest a statement may wait for a lock.</param>
    /// <param name="isLocal">Whether the limits end with the transaction, or with the session.</param>
    internal static IEnumerable<string> Sql(TimeSpan? statement, TimeSpan? wait, bool isLocal)
    {
        if (statement is { } longest)
            yield return Set("statement_timeout", longest, isLocal);
        if (wait is { } patience)
            yield return Set("lock_timeout", patience, isLocal);
    }

    private static string Set(string name, TimeSpan value, bool isLocal) =>
        string.Create(CultureInfo.InvariantCulture, $"SET {(isLocal ? "LOCAL" : "SESSION")} {name} = {NpgsqlMapping.Milliseconds(value)}");
}
