using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>What a failed insert means.</summary>
internal static class WriteFailure
{
    /// <summary>Whether the server refuses what the entry itself says; trying again cannot help. Classes 22 and 23 of the SQL states.</summary>
    internal static bool IsRefusal(PostgresException failure) => failure.SqlState is ['2', '2' or '3', ..];
}
