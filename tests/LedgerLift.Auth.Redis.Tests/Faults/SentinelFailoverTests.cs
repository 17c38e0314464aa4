using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

[Collection(nameof(ServerKillers))]
public sealed class SentinelFailoverTests(RedisSentinelFixture sentinel) : IClassFixture<RedisSentinelFixture>
{
    // docs/auth-redis.md says so. It includes the sentinels' own time, here one second until they agree that the master is down; 2 to 3 s are usual.
    private static readonly TimeSpan Found = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_new_master_is_found_and_has_what_replicas_confirmed()
    {
        var servers = OwnedServers.Require();
        await using var connection = await sentinel.OpenAsync();
        await using var acknowledgements = await sentinel.OpenAsync();
        var store = new RedisTokenStore(
            connection.Connection,
            new RedisTokenStoreOptions
            {
                KeyPrefix = sentinel.KeyPrefix + "failover",
                RequiredReplicas = 2,
                ReplicaTimeout = TimeSpan.FromMilliseconds(900),
            },
            acknowledgements: acknowledgements.Connection
        );
        for (var i = 0; i < 20; i++)
            await store.StoreAsync($"jti-{i}", "user-1", ProxiedStore.InAnHour);
        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync("jti-0"));

        await servers.KillAsync("redis-sentinel");
        try
        {
            await Poll.UntilAsync(() => store.AnswersAsync(), Found, "the new master is found");
            Assert.False(await store.IsActiveAsync("jti-0", "user-1"));
            for (var i = 1; i < 20; i++)
                Assert.True(await store.IsActiveAsync($"jti-{i}", "user-1"));
            // One replica is left, two are required: the write happened and is not confirmed.
            var unconfirmed = await Assert.ThrowsAsync<TokenStoreException>(() => store.RevokeAsync("jti-1").AsTask());
            Assert.Equal(TokenStoreErrorCodes.NotReplicated, unconfirmed.Code);
            Assert.False(await store.IsActiveAsync("jti-1", "user-1"));
        }
        finally
        {
            await servers.StartAsync("redis-sentinel");
        }
    }
}
