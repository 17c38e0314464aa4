using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Several nodes as one server, and a key prefix on them that is emptied in the end.</summary>
public abstract class RedisNodesFixture(string setting, string name) : IAsyncLifetime
{
    private ConnectionMultiplexer? _connection;

    /// <summary>What every key of the class begins with.</summary>
    public string KeyPrefix { get; } = $"test:{Guid.NewGuid():N}:";

    /// <summary>A connection shared by the class.</summary>
    public IConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>The nodes, by commas.</summary>
    public string Addresses => ServerSettings.Load().Require(setting);

    /// <summary>The masters there are now.</summary>
    public IEnumerable<IServer> Masters =>
        Connection
            .GetEndPoints()
            .Select(endpoint => Connection.GetServer(endpoint))
            .Where(server => server is { IsConnected: true, IsSlave: false });

    /// <summary>Opens a connection of the caller's own.</summary>
    public async Task<ConnectionMultiplexer> OpenAsync()
    {
        var options = ConfigurationOptions.Parse(Addresses);
        (options.AllowAdmin, options.AbortOnConnectFail, options.KeepAlive) = (true, false, 5);
        (options.SyncTimeout, options.ConnectTimeout) = (15_000, 5_000);
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async ValueTask InitializeAsync()
    {
        var addresses = Addresses;
        _connection = await OpenAsync();
        if (!_connection.IsConnected)
            throw new ServerMissingException($"Redis at {addresses} ({setting}) does not answer. Start it with `eng/services up {name}`.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        var database = _connection.GetDatabase();
        foreach (var key in await RedisKeys.OfAsync(Masters, KeyPrefix))
            await database.KeyDeleteAsync(key, CommandFlags.FireAndForget);
        await _connection.CloseAsync();
        _connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
