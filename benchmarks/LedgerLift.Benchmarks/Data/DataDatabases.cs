using LedgerLift.Data;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>The same server for every library, and a pool for each scenario, so that none finds a server process that others keep warm.</summary>
internal sealed class DataDatabases : IAsyncDisposable
{
    private const int PoolSize = 8;
    private const int ConnectionsInTurn = 4;

    private readonly MeterAudience[] _audience = [new(DataDiagnostics.MeterName), new("Npgsql")];
    private readonly List<IAsyncDisposable> _pools = [];
    private readonly NpgsqlDataSource _setup;
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
        _setup = NpgsqlDataSource.Create(_connectionString);
    }

    /// <summary>Where the benchmarks write.</summary>
    public string Table { get; } = $"bench_{Guid.NewGuid():N}";

    public static async Task<DataDatabases> CreateAsync()
    {
        var databases = new DataDatabases(ServerSettings.Load().Require(ServerSettings.Postgres));
        await databases.ExecuteAsync($"CREATE TABLE {databases.Table} (id bigserial PRIMARY KEY, name text NOT NULL)");
        return databases;
    }

    /// <summary>A pool of Npgsql's for one scenario; closed with all others.</summary>
    public NpgsqlDataSource OpenRaw()
    {
        var pool = new NpgsqlDataSourceBuilder(_connectionString) { Name = $"raw-{_pools.Count}" }.Build();
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A pool of ours for one scenario; closed with all others.</summary>
    public PostgresDatabase Open(CommitSafety safety = CommitSafety.Verified, PoolingMode mode = PoolingMode.Pooled)
    {
        var pool = new PostgresDatabase(
            new DatabaseOptions
            {
                ConnectionString = _connectionString,
                Name = $"bench-{_pools.Count}",
                Mode = mode,
                PoolSize = PoolSize,
                MaxOverflow = 0,
                CommitSafety = safety,
            }
        );
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Several connections in each of the pools, which hand them out in turn: no connection's luck decides.</summary>
    public static async Task FillAsync(params IEnumerable<NpgsqlDataSource> pools)
    {
        foreach (var pool in pools)
        {
            var open = new NpgsqlConnection[ConnectionsInTurn];
            for (var i = 0; i < open.Length; i++)
                open[i] = await pool.OpenConnectionAsync();
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP TABLE {Table}");
        foreach (var pool in _pools)
            await pool.DisposeAsync();
        await _setup.DisposeAsync();
        foreach (var one in _audience)
            one.Dispose();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _setup.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
