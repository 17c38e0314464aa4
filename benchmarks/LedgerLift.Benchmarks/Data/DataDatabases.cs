using LedgerLift.Data;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>The same server for every library: a table of their own, and a pool for each side.</summary>
internal sealed class DataDatabases : IAsyncDisposable
{
    private const int PoolSize = 8;

    private readonly MeterAudience[] _audience = [new(DataDiagnostics.MeterName), new("Npgsql")];
    private readonly string _connectionString;

    private DataDatabases(string connectionString)
    {
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = PoolSize,
            MaxPoolSize = PoolSize,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Enlist = false,
        }.ConnectionString;
        Raw = new NpgsqlDataSourceBuilder(_connectionString) { Name = "raw" }.Build();
        Ours = Open("ours", CommitSafety.Verified);
        OursProbed = Open("probed", CommitSafety.Probe);
        OursPlain = Open("plain", CommitSafety.None);
    }

    /// <summary>Where the benchmarks write.</summary>
    public string Table { get; } = $"bench_{Guid.NewGuid():N}";

    public NpgsqlDataSource Raw { get; }

    public PostgresDatabase Ours { get; }

    public PostgresDatabase OursProbed { get; }

    public PostgresDatabase OursPlain { get; }

    public static async Task<DataDatabases> CreateAsync()
    {
        var databases = new DataDatabases(ServerSettings.Load().Require(ServerSettings.Postgres));
        await databases.ExecuteAsync($"CREATE TABLE {databases.Table} (id bigserial PRIMARY KEY, name text NOT NULL)");
        return databases;
    }

    /// <summary>A database without a pool.</summary>
    public PostgresDatabase OpenServerless() => Open("serverless", CommitSafety.Verified, PoolingMode.Serverless);

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP TABLE {Table}");
        foreach (var database in new[] { Ours, OursProbed, OursPlain })
            await database.DisposeAsync();
        await Raw.DisposeAsync();
        foreach (var one in _audience)
            one.Dispose();
    }

    private PostgresDatabase Open(string name, CommitSafety safety, PoolingMode mode = PoolingMode.Pooled) =>
        new(
            new DatabaseOptions
            {
                ConnectionString = _connectionString,
                Name = $"bench-{name}",
                Mode = mode,
                PoolSize = PoolSize,
                MaxOverflow = 0,
                CommitSafety = safety,
            }
        );

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Raw.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
