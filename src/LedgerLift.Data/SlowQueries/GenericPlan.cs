using System.Globalization;
using System.Text;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Asks the server how it would run a query whose parameters it does not know, on a connection of its own beside the pool. Nothing is executed. Thread-safe.
/// </summary>
internal sealed class GenericPlan : IAsyncDisposable
{
    private const int LimitSeconds = 5;
    private const string Statement = "ledgerlift_plan";

    private readonly NpgsqlDataSource _dataSource;

    public GenericPlan(DatabaseOptions options, string pool)
    {
        var settings = NpgsqlMapping.ToNpgsql(options);
        // Beside the pool: a pool that is full of slow queries is when plans are wanted most. Without the hook: a plan must not be told of as slow.
        settings.Pooling = false;
        (settings.Timeout, settings.CommandTimeout) = (LimitSeconds, LimitSeconds);
        _dataSource = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = $"{pool}-plans" }.Build();
    }

    /// <summary>The plan, masked; null when the server makes none, as when a parameter's type cannot be told from the query.</summary>
    public async ValueTask<string?> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
                return await ReadAsync(connection, sql, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    private static async ValueTask<string?> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await RunAsync(
                connection,
                cancellationToken,
                "SET default_transaction_read_only = on",
                "SET plan_cache_mode = force_generic_plan",
                $"PREPARE {Statement} AS {sql}"
            )
            .ConfigureAwait(false);
        var parameters = await CountParametersAsync(connection, cancellationToken).ConfigureAwait(false);
        var values = parameters == 0 ? string.Empty : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
        return await ExplainAsync(connection, $"EXPLAIN EXECUTE {Statement}{values}", cancellationToken).ConfigureAwait(false);
    }

    // Batch commands are sent as they are: no word of the query is taken for a parameter's name.
    private static async ValueTask RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken, params string[] statements)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var statement in statements)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<int> CountParametersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT cardinality(parameter_types) FROM pg_catalog.pg_prepared_statements WHERE name = '{Statement}'";
        var command = new NpgsqlCommand(Sql, connection);
        await using (command.ConfigureAwait(false))
            return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private static async ValueTask<string?> ExplainAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var plan = new StringBuilder();
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) } };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    plan.Append(plan.Length == 0 ? string.Empty : "\n").Append(reader.GetString(0));
            }
        }

        return PlanText.Mask(plan.ToString());
    }
}
