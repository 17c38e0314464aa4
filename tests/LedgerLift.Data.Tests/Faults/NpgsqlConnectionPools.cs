using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>The fixture's own connections have died with the server.</summary>
internal static class NpgsqlConnectionPools
{
    internal static void Clear(PostgresFixture postgres) => postgres.DataSource.Clear();
}
