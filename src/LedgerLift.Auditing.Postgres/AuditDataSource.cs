using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Opens the trail's own pools.</summary>
internal static class AuditDataSource
{
    internal static NpgsqlDataSource Create(string connectionString, PostgresAuditingOptions options, int poolSize)
    {
        // Without a name, Npgsql's metrics would bear the connection string.
        var builder = new NpgsqlDataSourceBuilder(ConnectionText.ToNpgsql(connectionString, options, poolSize).ConnectionString)
        {
            Name = options.Name,
        };
        return builder.Build();
    }
}
