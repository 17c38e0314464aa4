using StackExchange.Redis;

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
    public async Task A_connection_through_the_proxy_reaches_the_same_keys()
    {
        await redis.Database.StringSetAsync(redis.KeyPrefix + "x", "direct");
        await using var proxy = redis.StartProxy();
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Options(proxy));

        Assert.Equal("direct", (string?)await connection.GetDatabase().StringGetAsync(redis.KeyPrefix + "x"));
        Assert.Contains(proxy.Connections, link => link.ClientToServer.DeliveredBytes().AsSpan().IndexOf("GET"u8) >= 0);
    }
}
