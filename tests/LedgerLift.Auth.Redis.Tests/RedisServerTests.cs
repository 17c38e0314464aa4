using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What the other tests of this package take for granted about the server they run on.</summary>
public sealed class RedisServerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("appendonly", "yes")]
    [InlineData("appendfsync", "always")]
    public async Task What_the_server_acknowledged_survives_a_kill(string setting, string value) =>
        Assert.Equal(value, Assert.Single(await redis.Server.ConfigGetAsync(setting)).Value);

    [Fact]
    public async Task A_key_lives_under_the_prefix_of_the_class_until_its_time_is_over()
    {
        var key = redis.KeyPrefix + "token";

        Assert.True(await redis.Database.StringSetAsync(key, "value", TimeSpan.FromMinutes(5)));

        Assert.Equal("value", (string?)await redis.Database.StringGetAsync(key));
        Assert.InRange((await redis.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Contains(key, await RedisKeys.OfAsync([redis.Server], redis.KeyPrefix));
    }
}
