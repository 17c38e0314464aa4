namespace LedgerLift.Testing.Tests;

public sealed class RedisFixtureTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Disposal_deletes_the_keys_of_the_prefix_and_no_other()
    {
        var other = new RedisFixture();
        await other.InitializeAsync();
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => other.Database.StringSetAsync($"{other.KeyPrefix}{i}", i)));
        await redis.Database.StringSetAsync(redis.KeyPrefix + "stays", "here");
        Assert.Equal(1200, (await RedisKeys.OfAsync([redis.Server], other.KeyPrefix)).Count);

        await other.DisposeAsync();

        Assert.Empty(await RedisKeys.OfAsync([redis.Server], other.KeyPrefix));
        Assert.Equal("here", (string?)await redis.Database.StringGetAsync(redis.KeyPrefix + "stays"));
    }

    [Fact]
    public async Task Disposal_deletes_the_keys_also_when_the_connection_was_just_lost()
    {
        await using var proxy = redis.StartProxy();
        var other = new RedisFixture(
            ServerSettings.Load(name => name == ServerSettings.Redis ? $"127.0.0.1:{proxy.Port}" : null, AppContext.BaseDirectory)
        );
        await other.InitializeAsync();
        await other.Database.StringSetAsync(other.KeyPrefix + "x", "y");
        proxy.RefuseConnections();
        proxy.CutAll();
        await Poll.UntilAsync(() => !other.Connection.IsConnected, expected: "the connection is lost");
        proxy.AcceptConnections();

        await other.DisposeAsync();

        Assert.Empty(await RedisKeys.OfAsync([redis.Server], other.KeyPrefix));
    }

    [Fact]
    public async Task A_connection_through_the_proxy_reaches_the_same_keys()
    {
        await redis.Database.StringSetAsync(redis.KeyPrefix + "x", "direct");
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));

        Assert.Equal("direct", (string?)await through.Connection.GetDatabase().StringGetAsync(redis.KeyPrefix + "x"));
        Assert.Contains(proxy.Connections, link => link.ClientToServer.DeliveredBytes().AsSpan().IndexOf("GET"u8) >= 0);
    }
}
