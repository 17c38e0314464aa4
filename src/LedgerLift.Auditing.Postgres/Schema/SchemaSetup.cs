using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Runs the schema script and makes partitions.</summary>
internal sealed class SchemaSetup(PostgresAuditingOptions options, TimeProvider time)
{
    internal async Task RunAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        var connection = await owner.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // Many processes start at one moment, and CREATE … IF NOT EXISTS is not safe against itself.
                await TrailSql
                    .ExecuteAsync(
                        connection,
                        $"SELECT pg_advisory_xact_lock(hashtextextended('{options.Schema}.audit_schema', 0))",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await TrailSql.ExecuteAsync(connection, SchemaScript.Generate(options), cancellationToken).ConfigureAwait(false);
                await TrailSql
                    .ExecuteAsync(connection, SchemaScript.MakePartitions(options, time.GetUtcNow()), cancellationToken)
                    .ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    internal async Task MakePartitionsAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await TrailSql
                .ExecuteAsync(connection, SchemaScript.MakePartitions(options, time.GetUtcNow()), cancellationToken)
                .ConfigureAwait(false);
    }
}
