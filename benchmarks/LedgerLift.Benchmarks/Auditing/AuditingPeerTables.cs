using LedgerLift.Testing;
using Npgsql;
using NpgsqlTypes;

namespace LedgerLift.Benchmarks;

/// <summary>What a team writes by hand: tables of their own with the same columns, and plain SQL.</summary>
internal sealed class AuditingPeerTables : IAsyncDisposable
{
    private const string Columns =
        "ts timestamptz NOT NULL, id uuid NOT NULL, action text NOT NULL, resource_type text NOT NULL, result text NOT NULL, "
        + "resource_id text, user_id text, ip_address text, user_agent text, request_id text, trace_id text, details text";

    private const string Insert =
        "(ts, id, action, resource_type, result, resource_id, user_id, ip_address, user_agent, request_id, trace_id, details";
    private readonly string _schema = $"bench_{Guid.NewGuid():N}";

    private AuditingPeerTables(string connectionString) =>
        Source = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxPoolSize = 20,
                GssEncryptionMode = GssEncryptionMode.Disable,
            }.ConnectionString
        )
        {
            Name = "peers",
        }.Build();

    /// <summary>The business's pool: everybody's transactions come from it.</summary>
    public NpgsqlDataSource Source { get; }

    public string Indexed => $"{_schema}.indexed";

    public string Bare => $"{_schema}.bare";

    private string Chain => $"{_schema}.chain";

    public static async Task<AuditingPeerTables> CreateAsync()
    {
        var tables = new AuditingPeerTables(ServerSettings.Load().Require(ServerSettings.Postgres));
        await tables.ExecuteAsync(
            $"""
            CREATE SCHEMA {tables._schema};
            CREATE TABLE {tables.Bare} ({Columns}, PRIMARY KEY (id));
            CREATE TABLE {tables.Indexed} ({Columns}, PRIMARY KEY (ts, id));
            CREATE INDEX ON {tables.Indexed} (user_id, ts, id);
            CREATE INDEX ON {tables.Indexed} (resource_id, ts, id);
            CREATE INDEX ON {tables.Indexed} (action, ts, id);
            CREATE INDEX ON {tables.Indexed} (request_id, ts, id);
            CREATE TABLE {tables.Chain} ({Columns}, hash bytea NOT NULL, place bigserial, PRIMARY KEY (place));
            CREATE INDEX ON {tables.Chain} (user_id, ts, id);
            CREATE INDEX ON {tables.Chain} (resource_id, ts, id);
            CREATE INDEX ON {tables.Chain} (action, ts, id);
            CREATE INDEX ON {tables.Chain} (request_id, ts, id);
            """
        );
        return tables;
    }

    public async Task InsertAsync(NpgsqlConnection connection, string table, int number)
    {
        await using var command = new NpgsqlCommand(
            $"INSERT INTO {table} {Insert}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            connection
        );
        Add(command, number);
        await command.ExecuteNonQueryAsync();
    }

    public async Task InsertChainedAsync(NpgsqlConnection connection, int number)
    {
        await using var batch = new NpgsqlCommand("SELECT pg_advisory_xact_lock(7)", connection);
        await batch.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(
            $"INSERT INTO {Chain} {Insert}, hash) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
                + $"sha256(coalesce((SELECT hash FROM {Chain} ORDER BY place DESC LIMIT 1), ''::bytea) || convert_to($3 || $4 || $5 || $6 || $7 || $8 || $12, 'UTF8'))",
            connection
        );
        Add(command, number);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
        await Source.DisposeAsync();
    }

    private static void Add(NpgsqlCommand command, int number)
    {
        var action = AuditingRows.Action(number);
        var now = TimeProvider.System.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) });
        foreach (
            var text in new[]
            {
                action.Action,
                action.ResourceType,
                action.Result,
                action.ResourceId,
                action.UserId,
                action.IpAddress,
                action.UserAgent,
                null,
                null,
                action.Details!.Value.GetRawText(),
            }
        )
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text });
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
