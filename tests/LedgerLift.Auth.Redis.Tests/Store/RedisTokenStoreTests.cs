using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What the store leaves on the server, and what it asks of it.</summary>
public sealed class RedisTokenStoreTests(RedisFixture redis, RedisSentinelFixture sentinel, RedisClusterFixture cluster)
    : IClassFixture<RedisFixture>,
        IClassFixture<RedisSentinelFixture>,
        IClassFixture<RedisClusterFixture>
{
    [Fact]
    public async Task Every_key_has_an_expiry_and_none_shows_a_jti()
    {
        var prefix = redis.KeyPrefix + "keys";
        var store = Store(prefix, maxActive: 3);
        for (var i = 0; i < 10; i++)
        {
            await store.StoreAsync($"secret-{i}", $"user-{i % 2}", ProxiedStore.InAnHour.AddMinutes(i % 3));
            await store.StoreRotatableAsync($"secret-{i}-a", "user-2", ProxiedStore.InAnHour);
            await store.RotateAsync($"secret-{i}-a", $"secret-{i}-b", ProxiedStore.InAnHour.AddHours(i));
        }

        await store.RevokeAsync("secret-8");
        await store.RevokeAllForUserAsync("user-1");
        await store.RotateAsync("secret-9-a", "secret-thief", ProxiedStore.InAnHour);

        var keys = RedisKeys.Of([redis.Server], prefix);
        await RedisKeys.AllExpireAsync(redis.Database, keys);
        Assert.DoesNotContain(keys, key => key.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_users_set_lives_as_long_as_the_entry_that_lives_longest()
    {
        var prefix = redis.KeyPrefix + "long";
        var store = Store(prefix);
        await store.StoreAsync("short", "user-1", TimeProvider.System.GetUtcNow().AddMinutes(1));
        await store.StoreAsync("long", "user-1", TimeProvider.System.GetUtcNow().AddMinutes(9));
        await store.StoreAsync("middle", "user-1", TimeProvider.System.GetUtcNow().AddMinutes(5));

        var life = await redis.Database.KeyTimeToLiveAsync(new RedisTokenKeys(prefix).User("user-1"));

        Assert.InRange(life!.Value, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task Nothing_is_left_of_tokens_whose_time_is_over()
    {
        var prefix = redis.KeyPrefix + "gone";
        var store = Store(prefix);
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await store.StoreManyAsync([.. Enumerable.Range(0, 20).Select(i => new TokenRegistration($"jti-{i}", $"user-{i % 4}", soon))]);
        Assert.NotEmpty(RedisKeys.Of([redis.Server], prefix));

        await Poll.UntilAsync(() => RedisKeys.Of([redis.Server], prefix).Count == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_revoke_all_leaves_only_records()
    {
        var prefix = redis.KeyPrefix + "only";
        var store = Store(prefix);
        for (var i = 0; i < 20; i++)
            await store.StoreAsync($"jti-{i}", "user-1", ProxiedStore.InAnHour);

        Assert.Equal(20, await store.RevokeAllForUserAsync("user-1"));

        await Poll.UntilAsync(() =>
            RedisKeys.Of([redis.Server], prefix).TrueForAll(key => key.ToString().StartsWith(prefix + ":t:", StringComparison.Ordinal))
        );
        Assert.True((await store.FindAsync("jti-1"))!.Revoked);
    }

    // One script, one look at all keys, or one loop over a user's tokens would show here.
    [Fact]
    public async Task Asks_for_single_entries_only()
    {
        await using var proxy = redis.StartProxy();
        using var through = await ConnectionMultiplexer.ConnectAsync(redis.Options(proxy));
        var store = new RedisTokenStore(
            through,
            new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "asks", Resilience = Impatience.Patience() }
        );
        await store.StoreManyAsync([
            .. Enumerable.Range(0, 50).Select(i => new TokenRegistration($"jti-{i}", "user-1", ProxiedStore.InAnHour)),
        ]);
        var connection = proxy.Connections[0];

        var check = await SentAsync(() => store.IsActiveAsync("jti-1", "user-1").AsTask());
        var revokeAll = await SentAsync(() => store.RevokeAllForUserAsync("user-1").AsTask());

        Assert.Equal(["ZSCORE"], check);
        Assert.Equal(["MULTI", "RENAMENX", "EXPIRE", "ZCOUNT", "EXEC"], revokeAll.Take(5));
        Assert.Subset(
            new HashSet<string>(["MULTI", "UNLINK", "EXEC"], StringComparer.Ordinal),
            revokeAll.Skip(5).ToHashSet(StringComparer.Ordinal)
        );

        async Task<List<string>> SentAsync(Func<Task> call)
        {
            var before = connection.ClientToServer.ReceivedBytes().Length;
            await call();
            return RedisCommands.In(connection.ClientToServer.ReceivedBytes().AsSpan(before));
        }
    }

    [Fact]
    public async Task A_local_cache_saves_the_record_and_delays_no_revoke()
    {
        var prefix = redis.KeyPrefix + "cache";
        var store = Store(prefix, cache: 100);
        var other = Store(prefix);
        await store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        Assert.True(await store.IsActiveAsync("jti-1"));
        await redis.Database.KeyDeleteAsync(new RedisTokenKeys(prefix).Record(TokenHash.Of("jti-1")));

        Assert.True(await store.IsActiveAsync("jti-1"));
        Assert.False(await other.IsActiveAsync("jti-1"));
        Assert.Equal(1, await other.RevokeAllForUserAsync("user-1"));
        Assert.False(await store.IsActiveAsync("jti-1"));
        Assert.True((await store.FindAsync("jti-1"))!.Revoked);
    }

    [Fact]
    public async Task What_the_server_lost_is_logged_out()
    {
        var prefix = redis.KeyPrefix + "lost";
        var store = Store(prefix);
        await store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        await store.StoreAsync("jti-2", "user-2", ProxiedStore.InAnHour);
        var keys = new RedisTokenKeys(prefix);

        await redis.Database.KeyDeleteAsync(keys.User("user-1"));
        await redis.Database.KeyDeleteAsync(keys.Record(TokenHash.Of("jti-2")));

        Assert.False(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.False(await store.IsActiveAsync("jti-2"));
        Assert.Empty(await store.ListActiveAsync("user-2").ToListAsync());
    }

    [Fact]
    public async Task What_others_wrote_under_the_prefix_is_a_corrupt_record()
    {
        var prefix = redis.KeyPrefix + "corrupt";
        var keys = new RedisTokenKeys(prefix);
        await redis.Database.StringSetAsync(keys.Record(TokenHash.Of("jti-1")), "text", TimeSpan.FromMinutes(1));
        await redis.Database.StringSetAsync(keys.User("user-2"), "text", TimeSpan.FromMinutes(1));
        var store = Store(prefix);

        Assert.Equal(TokenStoreErrorCodes.CorruptRecord, (await FailsAsync(store.FindAsync("jti-1"))).Code);
        Assert.Equal(TokenStoreErrorCodes.CorruptRecord, (await FailsAsync(store.IsActiveAsync("jti-2", "user-2"))).Code);
        Assert.False((await FailsAsync(store.RevokeAsync("jti-1"))).IsTransient);
    }

    [Fact]
    public async Task Lists_more_than_a_page_also_when_all_expire_at_one_instant()
    {
        var store = Store(redis.KeyPrefix + "pages");
        var expiry = ProxiedStore.InAnHour;
        await store.StoreManyAsync([
            .. Enumerable.Range(0, 600).Select(i => new TokenRegistration($"jti-{i}", "user-1", expiry.AddMinutes(i < 300 ? 0 : 1))),
        ]);

        var listed = await store.ListActiveAsync("user-1").ToListAsync();

        Assert.Equal(600, listed.DistinctBy(token => token.Jti).Count());
        Assert.Equal(600, listed.Count);
        Assert.Equal(listed.OrderBy(token => token.ExpiresAt).Select(token => token.ExpiresAt), listed.Select(token => token.ExpiresAt));
    }

    [Fact]
    public async Task Replicas_confirm_a_write_or_the_caller_hears_of_it()
    {
        using var second = await sentinel.OpenAsync();
        var prefix = sentinel.KeyPrefix + "wait";

        await Confirmed(2).StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        var failure = await FailsAsync(Confirmed(3).RevokeAsync("jti-1"));

        Assert.Equal(TokenStoreErrorCodes.NotReplicated, failure.Code);
        Assert.True(failure.IsTransient);
        Assert.Contains("2 of the 3", failure.Message, StringComparison.Ordinal);
        Assert.False(await Confirmed(2).IsActiveAsync("jti-1", "user-1"));
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await Confirmed(2).RevokeAsync("jti-1"));

        RedisTokenStore Confirmed(int replicas) =>
            new(
                sentinel.Connection,
                new RedisTokenStoreOptions
                {
                    KeyPrefix = prefix,
                    RequiredReplicas = replicas,
                    Resilience = Impatience.Patience(),
                },
                acknowledgements: second
            );
    }

    [Fact]
    public async Task A_cluster_is_not_asked_for_replicas()
    {
        var options = new RedisTokenStoreOptions { KeyPrefix = cluster.KeyPrefix + "wait", RequiredReplicas = 1 };
        var store = new RedisTokenStore(cluster.Connection, options, acknowledgements: cluster.Connection);

        var failure = await FailsAsync(store.RevokeAllForUserAsync("user-1"));

        Assert.Equal(TokenStoreErrorCodes.UnsupportedServer, failure.Code);
        Assert.Contains("min-replicas-to-write", failure.Message, StringComparison.Ordinal);
    }

    private RedisTokenStore Store(string prefix, int maxActive = 0, int cache = 0) =>
        new(
            redis.Connection,
            new RedisTokenStoreOptions
            {
                KeyPrefix = prefix,
                MaxActiveTokensPerUser = maxActive,
                LocalCacheEntries = cache,
                Resilience = Impatience.Patience(),
            }
        );

    private static Task<TokenStoreException> FailsAsync<T>(ValueTask<T> call) =>
        Assert.ThrowsAsync<TokenStoreException>(() => call.AsTask());
}
