using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

[Collection(nameof(ServerKillers))]
public sealed class ClusterSlotTests(RedisClusterFixture cluster) : IClassFixture<RedisClusterFixture>
{
    [Fact]
    public async Task A_slot_that_moves_under_load_loses_and_revives_nothing()
    {
        var prefix = cluster.KeyPrefix + "load";
        var store = new RedisTokenStore(
            cluster.Connection,
            new RedisTokenStoreOptions { KeyPrefix = prefix, Resilience = Impatience.Patience() }
        );
        using var slots = new ClusterSlots(cluster.Addresses);
        var slot = slots.SlotOf(new RedisTokenKeys(prefix).User("user-1").ToString());
        using var stop = new CancellationTokenSource();
        var (stored, revoked) = (0, 0);
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(() => WorkAsync(worker), CancellationToken.None)).ToArray();

        for (var i = 0; i < 4; i++)
        {
            await slots.MoveAsync(slot, amid: () => Task.Delay(20));
            await Task.Delay(50, CancellationToken.None);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.InRange(stored, 20, int.MaxValue);
        Assert.Equal(stored, revoked + await store.RevokeAllForUserAsync("user-1"));
        await KeyExpiry.AssertAllAsync(cluster.Connection.GetDatabase(), await RedisKeys.OfAsync(cluster.Masters, prefix));

        async Task WorkAsync(int worker)
        {
            var i = 0;
            while (!stop.IsCancellationRequested)
            {
                i++;
                await store.StoreAsync($"{worker}-{i}", "user-1", ProxiedStore.InAnHour, CancellationToken.None);
                Interlocked.Increment(ref stored);
                if (i % 5 == worker)
                    Interlocked.Add(ref revoked, await store.RevokeAllForUserAsync("user-1", CancellationToken.None));
            }
        }
    }

    // The client would follow the redirection of each command by itself, and carry it out alone on the other node.
    [Fact]
    public async Task No_command_of_a_transaction_follows_a_redirection_alone()
    {
        var prefix = cluster.KeyPrefix + "alone";
        await using var connection = await cluster.OpenAsync();
        var store = new RedisTokenStore(
            connection.Connection,
            new RedisTokenStoreOptions { KeyPrefix = prefix, Resilience = Impatience.Patience() }
        );
        using var slots = new ClusterSlots(cluster.Addresses);
        await store.StoreAsync("before", "user-1", ProxiedStore.InAnHour);
        await slots.MoveAsync(slots.SlotOf(new RedisTokenKeys(prefix).User("user-1").ToString()));
        var before = slots.CallsOf("zadd");

        await store.StoreAsync("after", "user-1", ProxiedStore.InAnHour);

        Assert.Equal(1, slots.CallsOf("zadd") - before);
        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task While_a_slot_is_on_its_way_writes_are_refused_and_checks_are_answered()
    {
        var prefix = cluster.KeyPrefix + "amid";
        var store = new RedisTokenStore(
            cluster.Connection,
            new RedisTokenStoreOptions { KeyPrefix = prefix, Resilience = Impatience.Policy() }
        );
        using var slots = new ClusterSlots(cluster.Addresses);
        await store.StoreAsync("known", "user-1", ProxiedStore.InAnHour);

        await slots.MoveAsync(
            slots.SlotOf(new RedisTokenKeys(prefix).User("user-1").ToString()),
            async () =>
            {
                Assert.True(await store.IsActiveAsync("known", "user-1"));
                var refused = await Assert.ThrowsAsync<TokenStoreException>(() => store.RevokeAllForUserAsync("user-1").AsTask());
                Assert.Equal(TokenStoreErrorCodes.Unavailable, refused.Code);
                Assert.True(refused.IsTransient);
            }
        );

        Assert.True(await store.IsActiveAsync("known", "user-1"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));
    }
}
