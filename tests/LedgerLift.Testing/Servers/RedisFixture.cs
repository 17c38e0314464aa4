using StackExchange.Redis;
using Xunit;

namespace LedgerLift.Testing;

/// <summary>A key prefix of its own on the Redis server for each test class. Disposal deletes the keys that begin with it.</summary>
public class RedisFixture : IAsyncLifetime
{
    private readonly ServerSettings _settings;
    private RedisLink? _link;

    /// <summary>A prefix on the server that the settings name.</summary>
    public RedisFixture()
        : this(ServerSettings.Load()) { }

    internal RedisFixture(ServerSettings settings) => _settings = settings;

    /// <summary>What every key of the class begins with; ends with a colon and has no character that Redis patterns know.</summary>
    public string KeyPrefix { get; } = $"test:{Guid.NewGuid():N}:";

    /// <summary>A connection straight to the server, shared by the class. Administrative commands are allowed.</summary>
    public IConnectionMultiplexer Connection => _link?.Connection ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>The database the keys live in.</summary>
    public IDatabase Database => Connection.GetDatabase();

    /// <summary>The server itself, for its own commands.</summary>
    public IServer Server => ServerOf(Connection);

    /// <summary>The server's <c>host:port</c>.</summary>
    public string Address => _settings.Require(ServerSettings.Redis);

    /// <summary>A proxy in front of the server; the caller disposes it.</summary>
    public TcpFaultProxy StartProxy(int captureLimit = 1024 * 1024)
    {
        var colon = Address.LastIndexOf(':');
        return TcpFaultProxy.Start(Address[..colon], int.Parse(Address.AsSpan(colon + 1), provider: null), captureLimit);
    }

    /// <summary>What to connect with, straight to the server or by way of a proxy; a copy, free to change.</summary>
    public ConfigurationOptions Options(TcpFaultProxy? proxy = null)
    {
        var options = ConfigurationOptions.Parse(proxy is null ? Address : $"127.0.0.1:{proxy.Port}");
        options.AllowAdmin = true;
        // The fixture's own waits, such as a SCAN, must not fail because the machine is busy; a test of timeouts sets its own.
        options.SyncTimeout = 15_000;
        // The client's own default, which would follow the line above: after so long a try to connect that hangs is given up.
        options.ConnectTimeout = 5_000;
        return options;
    }

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var address = Address;
        try
        {
            _link = await RedisLink.OpenAsync(Options());
        }
        catch (RedisConnectionException failure)
        {
            throw new ServerMissingException(
                $"Redis at {address} ({ServerSettings.Redis}) does not answer. Start it with `eng/services up redis`.",
                failure
            );
        }
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_link is null)
            return;
        // What it was sent without waiting arrives before the keys are listed.
        await Connection.CloseAsync();
        await _link.DisposeAsync();
        // One of its own: the class's is lost for a second or more when its last test was one that killed the server.
        await using var cleaner = await RedisLink.OpenAsync(Options());
        foreach (var keys in (await RedisKeys.OfAsync([ServerOf(cleaner.Connection)], KeyPrefix)).Chunk(1000))
            await cleaner.Connection.GetDatabase().KeyDeleteAsync(keys);
        GC.SuppressFinalize(this);
    }

    private static IServer ServerOf(IConnectionMultiplexer connection) => connection.GetServer(connection.GetEndPoints()[0]);
}
