using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The code that README and docs show, run.</summary>
public sealed class ReadmeSamples(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task The_first_example_runs_without_a_server() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task A_store_on_a_connection_of_the_hosts_own()
    {
        var connection = redis.Connection;
        var options = new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "readme" };
        var jti = "jti-1";
        var expiresAt = TimeProvider.System.GetUtcNow().AddHours(1);

        #region readme-redis-use
        var tokens = new RedisTokenStore(connection, options);

        await tokens.StoreAsync(jti, "user-1", expiresAt);
        var counts = await tokens.IsActiveAsync(jti, "user-1"); // true, one command, one round trip
        var ended = await tokens.RevokeAllForUserAsync("user-1"); // 1
        #endregion

        Assert.True(counts);
        Assert.Equal(1, ended);
    }

    [Fact]
    public async Task A_replay_guard_that_all_hosts_share()
    {
        var services = new ServiceCollection();
        services.AddSingleton(redis.Connection);

        #region readme-redis-replays
        services.AddLedgerLiftRedisReplayGuard(options => options.KeyPrefix = "webhooks");
        services.AddLedgerLiftHmacSignatures("webhooks", options => options.Keys.Add(new HmacKey("2026-01", Secret)));
        #endregion

        await using var provider = services.BuildServiceProvider();
        Assert.IsType<RedisReplayGuard>(provider.GetRequiredService<IReplayGuard>());
        Assert.NotNull(provider.GetRequiredKeyedService<HmacSignatureVerifier>("webhooks"));
    }

    private static byte[] Secret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];
}
