namespace LedgerLift.Auditing.Postgres;

/// <summary>Names that stand in SQL without quotes.</summary>
internal static class SqlIdentifier
{
    private const int Longest = 63;

    /// <summary>Whether the name is a lower-case identifier; such a name cannot carry SQL, and PostgreSQL reads it as it is written.</summary>
    internal static bool IsPlain(string? name) =>
        name is { Length: >= 1 and <= Longest }
        && name[0] is (>= 'a' and <= 'z') or '_'
        && name.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
        && !name.StartsWith("pg_", StringComparison.Ordinal);
}
