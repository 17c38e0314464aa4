using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The replicas' answer is lost: the call is tried again, and what it did is not done again.</summary>
public sealed class ConfirmedWriteTests(RedisSentinelFixture sentinel) : IClassFixture<RedisSentinelFixture>
{
    [Fact]
    public async Task A_store_tried_again_for_its_confirmation_revives_nothing()
    {
        await using var second = await OpenAsync("store");
        var lost = second.Proxy.DropReplyTo("WAIT"u8, Fault.Reset);

        var storing = second.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour).AsTask();
        await lost.WaitAsync();
        Assert.Equal(1, await second.Straight.RevokeAllForUserAsync("user-1"));
        await storing;

        Assert.False(await second.Straight.IsActiveAsync("jti-1", "user-1"));
        Assert.Equal(0, await second.Straight.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_revoke_all_tried_again_for_its_confirmation_keeps_its_count()
    {
        await using var second = await OpenAsync("all");
        await second.Straight.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        var lost = second.Proxy.DropReplyTo("WAIT"u8, Fault.Reset);

        var revoking = second.Store.RevokeAllForUserAsync("user-1").AsTask();
        await lost.WaitAsync();
        await second.Straight.StoreAsync("jti-2", "user-1", ProxiedStore.InAnHour);

        Assert.Equal(1, await revoking);
        Assert.True(await second.Straight.IsActiveAsync("jti-2", "user-1"));
    }

    [Fact]
    public async Task A_revoke_tried_again_for_its_confirmation_says_what_it_did()
    {
        await using var second = await OpenAsync("one");
        await second.Straight.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        var lost = second.Proxy.DropReplyTo("WAIT"u8, Fault.Reset);

        var outcome = await second.Store.RevokeAsync("jti-1");

        await lost.WaitAsync();
        Assert.Equal(RevokeOutcome.Revoked, outcome);
    }

    private async Task<SecondConnection> OpenAsync(string name)
    {
        var master = sentinel.Masters.First().EndPoint;
        var proxy = TcpFaultProxy.Start(master, captureLimit: 0);
        var through = await RedisLink.OpenAsync($"127.0.0.1:{proxy.Port}");
        var policy = Impatience.Policy();
        policy.AttemptTimeout = TimeSpan.FromSeconds(10);
        policy.TotalTimeout = TimeSpan.FromSeconds(40);
        policy.Retry.BaseDelay = TimeSpan.FromSeconds(0.5);
        policy.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        var prefix = sentinel.KeyPrefix + name;
        var store = new RedisTokenStore(
            sentinel.Connection,
            new RedisTokenStoreOptions
            {
                KeyPrefix = prefix,
                RequiredReplicas = 1,
                ReplicaTimeout = TimeSpan.FromSeconds(5),
                Resilience = policy,
            },
            acknowledgements: through.Connection
        );
        return new SecondConnection(
            proxy,
            through,
            store,
            new RedisTokenStore(sentinel.Connection, new RedisTokenStoreOptions { KeyPrefix = prefix })
        );
    }

    private sealed record SecondConnection(TcpFaultProxy Proxy, RedisLink Through, RedisTokenStore Store, RedisTokenStore Straight)
        : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Proxy.DisposeAsync();
            await Through.DisposeAsync();
        }
    }
}
