using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Several nodes as one server, and a key prefix on them that is emptied in the end.</summary>
public abstract class RedisNodesFixture(string setting, string name) : IAsyncLifetime
{
    private RedisLink? _link;

    /// <summary>What every key of the class begins with.</summary>
    public string KeyPrefix { get; } = $"test:{Guid.NewGuid():N}:";

    /// <summary>A connection shared by the class.</summary>
    public IConnectionMultiplexer Connection => _link?.Connection ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>The nodes, by commas.</summary>
    public string Addresses => ServerSettings.Load().Require(setting);

    /// <summary>The masters there are now.</summary>
    public IEnumerable<IServer> Masters => MastersOf(Connection);

    /// <summary>What to connect with; a copy, free to change.</summary>
    public ConfigurationOptions Options()
    {
        var options = ConfigurationOptions.Parse(Addresses);
        (options.AllowAdmin, options.AbortOnConnectFail, options.KeepAlive) = (true, false, 5);
        (options.SyncTimeout, options.ConnectTimeout) = (15_000, 5_000);
        return options;
    }

    /// <summary>Opens a connection of the caller's own.</summary>
    public Task<RedisLink> OpenAsync() => RedisLink.OpenAsync(Options());

    public async ValueTask InitializeAsync()
    {
        var addresses = Addresses;
        _link = await OpenAsync();
        if (!Connection.IsConnected)
            throw new ServerMissingException($"Redis at {addresses} ({setting}) does not answer. Start it with `eng/services up {name}`.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is null)
            return;
        await Connection.CloseAsync();
        await _link.DisposeAsync();
        // One of its own, which knows the masters there are after the class's last fault.
        await using var cleaner = await OpenAsync();
        var database = cleaner.Connection.GetDatabase();
        foreach (var key in await RedisKeys.OfAsync(MastersOf(cleaner.Connection), KeyPrefix))
            await database.KeyDeleteAsync(key, CommandFlags.FireAndForget);
        await cleaner.Connection.CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The masters that a connection knows.</summary>
    public static IEnumerable<IServer> MastersOf(IConnectionMultiplexer connection) =>
        connection
            .GetEndPoints()
            .Select(endpoint => connection.GetServer(endpoint))
            .Where(server => server is { IsConnected: true, IsSlave: false });
}
