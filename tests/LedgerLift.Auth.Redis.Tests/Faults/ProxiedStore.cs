using LedgerLift.Resilience;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A store with a proxy and a connection of its own, and beside it one that goes straight to the server and sees the same tokens.</summary>
internal sealed class ProxiedStore : IAsyncDisposable
{
    private readonly RedisLink _through;

    private ProxiedStore(TcpFaultProxy proxy, RedisLink through, RedisTokenStore store, RedisTokenStore straight) =>
        (Proxy, _through, Store, Straight) = (proxy, through, store, straight);

    public TcpFaultProxy Proxy { get; }

    /// <summary>Through the proxy.</summary>
    public IConnectionMultiplexer Connection => _through.Connection;

    /// <summary>What the keys of both begin with.</summary>
    public required string KeyPrefix { get; init; }

    public RedisTokenStore Store { get; }

    public RedisTokenStore Straight { get; }

    public static DateTimeOffset InAnHour => TimeProvider.System.GetUtcNow().AddHours(1);

    public static async Task<ProxiedStore> OpenAsync(RedisFixture redis, ResiliencePolicyOptions? policy = null, int cache = 0)
    {
        var proxy = redis.StartProxy(captureLimit: 0);
        var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var prefix = redis.KeyPrefix + Guid.NewGuid().ToString("N");
        var options = new RedisTokenStoreOptions
        {
            KeyPrefix = prefix[..Math.Min(prefix.Length, 64)],
            LocalCacheEntries = cache,
            Resilience = policy ?? Impatience.Policy(),
        };
        return new ProxiedStore(
            proxy,
            through,
            new RedisTokenStore(through.Connection, options),
            new RedisTokenStore(
                redis.Connection,
                new RedisTokenStoreOptions { KeyPrefix = options.KeyPrefix, Resilience = Impatience.Patience() }
            )
        )
        {
            KeyPrefix = options.KeyPrefix,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _through.DisposeAsync();
    }
}
