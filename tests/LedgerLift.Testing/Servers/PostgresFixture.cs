using Npgsql;
using Xunit;

namespace LedgerLift.Testing;

/// <summary>
/// A fresh schema on the PostgreSQL server for each test class, and nothing else in its search path. Disposal ends the sessions that were opened with
/// its connection strings and drops the schema.
/// </summary>
public class PostgresFixture : IAsyncLifetime
{
    private readonly ServerSettings _settings;
    private NpgsqlDataSource? _dataSource;

    /// <summary>A schema on the server that the settings name.</summary>
    public PostgresFixture()
        : this(ServerSettings.Load()) { }

    internal PostgresFixture(ServerSettings settings) => _settings = settings;

    /// <summary>The schema's name, which the sessions also carry as their application name.</summary>
    public string Schema { get; } = $"test_{Guid.NewGuid():N}";

    /// <summary>The connection string whose search path is the schema.</summary>
    public string ConnectionString => Through(null);

    /// <summary>A data source of <see cref="ConnectionString"/>, shared by the class.</summary>
    public NpgsqlDataSource DataSource => _dataSource ?? throw new InvalidOperationException("The fixture is not initialized.");

    private NpgsqlConnectionStringBuilder Server => new(_settings.Require(ServerSettings.Postgres));

    /// <summary>A proxy in front of the server; the caller disposes it.</summary>
    public TcpFaultProxy StartProxy(int captureLimit = 1024 * 1024) => TcpFaultProxy.Start(Server.Host!, Server.Port, captureLimit);

    /// <summary><see cref="ConnectionString"/> by way of a proxy, without TLS so that the proxy sees what is said; null: straight to the server.</summary>
    public string Through(TcpFaultProxy? proxy)
    {
        var builder = Server;
        (builder.SearchPath, builder.ApplicationName, builder.IncludeErrorDetail) = (Schema, Schema, true);
        if (proxy is not null)
            (builder.Host, builder.Port, builder.SslMode, builder.GssEncryptionMode) = (
                "127.0.0.1",
                proxy.Port,
                SslMode.Disable,
                GssEncryptionMode.Disable
            );
        return builder.ConnectionString;
    }

    /// <summary>Runs SQL in the schema.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The single value of a query in the schema.</summary>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        _dataSource = NpgsqlDataSource.Create(ConnectionString);
        try
        {
            await ExecuteAsync($"CREATE SCHEMA {Schema}");
        }
        catch (NpgsqlException failure)
        {
            await _dataSource.DisposeAsync();
            _dataSource = null;
            var server = Server;
            throw new ServerMissingException(
                $"PostgreSQL at {server.Host}:{server.Port} ({ServerSettings.Postgres}) gives no schema: {failure.Message} Start it with `eng/services up postgres`.",
                failure
            );
        }
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_dataSource is null)
            return;
        await _dataSource.DisposeAsync();
        await using var cleaner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        // A session that a fault test left behind may hold locks, and the drop would wait for them for ever.
        await using var drop = cleaner.CreateCommand(
            $"""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Schema}' AND pid <> pg_backend_pid();
            DROP SCHEMA {Schema} CASCADE
            """
        );
        await drop.ExecuteNonQueryAsync();
        GC.SuppressFinalize(this);
    }
}
