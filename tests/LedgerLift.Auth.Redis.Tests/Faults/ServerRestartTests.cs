using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A server that forgets scripts, ends connections, is restarted or killed. It writes to its disk before it answers.</summary>
[Collection(nameof(ServerKillers))]
public sealed class ServerRestartTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Forgotten_scripts_are_not_missed()
    {
        await using var connection = Connect();
        var store = Store(connection, "scripts");
        await store.StoreAsync("before", "user-1", ProxiedStore.InAnHour);

        using var wire = new RedisWire(redis.Address);
        wire.Ask("SCRIPT", "FLUSH");

        await store.StoreAsync("after", "user-1", ProxiedStore.InAnHour);
        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync("before"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Killed_connections_lose_nothing()
    {
        using var wire = new RedisWire(redis.Address);
        await using var connection = Connect();
        var store = Store(connection, "clients");
        var stored = 0;
        for (var i = 0; i < 60; i++)
        {
            if (i % 20 == 10)
                wire.EndOthers();
            try
            {
                await store.StoreAsync($"jti-{i}", "user-1", ProxiedStore.InAnHour);
                stored++;
            }
            catch (TokenStoreException lost) when (lost.Code is TokenStoreErrorCodes.OutcomeUnknown or TokenStoreErrorCodes.Unavailable)
            {
                // Connecting again takes longer than a call may wait here.
                await Poll.UntilAsync(() => store.AnswersAsync(), Impatience.Renewal);
                Assert.False(await store.IsActiveAsync($"jti-{i}", "user-1"));
            }
        }

        Assert.InRange(stored, 50, 60);
        Assert.Equal(stored, await store.RevokeAllForUserAsync("user-1"));
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("kill")]
    public async Task What_was_acknowledged_survives_the_server(string how)
    {
        var servers = OwnedServers.Require();
        await using var connection = Connect();
        var store = Store(connection, how);
        await store.StoreManyAsync([
            .. Enumerable.Range(0, 20).Select(i => new TokenRegistration($"jti-{i}", "user-1", ProxiedStore.InAnHour)),
        ]);
        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync("jti-0"));

        if (how is "kill")
        {
            await servers.KillAsync("redis");
            await Assert.ThrowsAsync<TokenStoreException>(() => store.IsActiveAsync("jti-1", "user-1").AsTask());
            await servers.StartAsync("redis");
        }
        else
        {
            await servers.RestartAsync("redis");
        }

        await Poll.UntilAsync(() => store.AnswersAsync(), Impatience.Renewal);
        Assert.False(await store.IsActiveAsync("jti-0", "user-1"));
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.Equal(19, await store.RevokeAllForUserAsync("user-1"));
    }

    private RedisConnection Connect() => new(redis.Options(), database: -1, TimeProvider.System);

    private RedisTokenStore Store(RedisConnection connection, string name)
    {
        var options = new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + name, Resilience = Impatience.Policy() };
        return new RedisTokenStore(connection, acknowledgements: null, options, executor: null, timeProvider: null, logger: null);
    }
}
