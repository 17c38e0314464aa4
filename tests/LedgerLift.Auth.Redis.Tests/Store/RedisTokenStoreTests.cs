using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What the store leaves on the server, and what it asks of it.</summary>
public sealed class RedisTokenStoreTests(RedisFixture redis, RedisClusterFixture cluster)
    : IClassFixture<RedisFixture>,
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

        var keys = await RedisKeys.OfAsync([redis.Server], prefix);
        await KeyExpiry.AssertAllAsync(redis.Database, keys);
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
    public async Task What_is_known_of_a_family_lives_as_long_as_the_tokens_that_it_is_about()
    {
        var prefix = redis.KeyPrefix + "family";
        var store = Store(prefix);
        var keys = new RedisTokenKeys(prefix);
        await store.StoreRotatableAsync("one", "user-1", TimeProvider.System.GetUtcNow().AddMinutes(10));
        await store.RotateAsync("one", "two", TimeProvider.System.GetUtcNow().AddMinutes(30));

        foreach (
            var (key, minutes) in new[]
            {
                (keys.User("user-1"), 30),
                (keys.Family("user-1", TokenHash.Of("one")), 30),
                (keys.Rotated("user-1", TokenHash.Of("one")), 10),
                (keys.Record(TokenHash.Of("one")), 10),
                (keys.Record(TokenHash.Of("two")), 30),
            }
        )
            Assert.InRange(
                (await redis.Database.KeyTimeToLiveAsync(key))!.Value,
                TimeSpan.FromMinutes(minutes - 1),
                TimeSpan.FromMinutes(minutes)
            );
    }

    [Fact]
    public async Task A_store_clears_away_what_has_expired()
    {
        var prefix = redis.KeyPrefix + "clear";
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var store = new RedisTokenStore(redis.Connection, new RedisTokenStoreOptions { KeyPrefix = prefix }, clock);
        await store.StoreAsync("short-1", "user-1", clock.GetUtcNow().AddMinutes(10));
        await store.StoreAsync("short-2", "user-1", clock.GetUtcNow().AddMinutes(10));
        await store.StoreAsync("long", "user-1", clock.GetUtcNow().AddMinutes(20));
        clock.Advance(TimeSpan.FromMinutes(10));

        await store.StoreAsync("new", "user-1", clock.GetUtcNow().AddMinutes(20));

        Assert.Equal(2, await redis.Database.SortedSetLengthAsync(new RedisTokenKeys(prefix).User("user-1")));
    }

    // What a rotation leaves behind that was broken off after its claim; the successor's jti was then stored by somebody else.
    [Theory]
    [InlineData("user-1")]
    [InlineData("user-2")]
    public async Task A_rotation_takes_over_no_token_that_is_not_of_its_family(string owner)
    {
        var prefix = redis.KeyPrefix + "claimed" + owner;
        var keys = new RedisTokenKeys(prefix);
        var store = Store(prefix);
        var expiry = ProxiedStore.InAnHour;
        await store.StoreRotatableAsync("one", "user-1", expiry);
        await store.StoreAsync("two", owner, expiry);
        await redis.Database.StringSetAsync(
            keys.Rotated("user-1", TokenHash.Of("one")),
            TokenHash.Of("two").ToBytes(),
            TimeSpan.FromHours(1)
        );

        Assert.Equal(RotationOutcome.ReuseDetected, await store.RotateAsync("one", "two", expiry));

        Assert.False(await store.IsActiveAsync("one", "user-1"));
        Assert.True(await store.IsActiveAsync("two", owner));
        Assert.Null((await store.FindAsync("two"))!.FamilyId);
    }

    [Fact]
    public async Task Nothing_is_left_of_tokens_whose_time_is_over()
    {
        var prefix = redis.KeyPrefix + "gone";
        var store = Store(prefix);
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await store.StoreManyAsync([.. Enumerable.Range(0, 20).Select(i => new TokenRegistration($"jti-{i}", $"user-{i % 4}", soon))]);
        Assert.NotEmpty(await RedisKeys.OfAsync([redis.Server], prefix));

        await Poll.UntilAsync(async () => (await RedisKeys.OfAsync([redis.Server], prefix)).Count == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_revoke_all_leaves_only_records()
    {
        var prefix = redis.KeyPrefix + "only";
        var store = Store(prefix);
        for (var i = 0; i < 20; i++)
            await store.StoreAsync($"jti-{i}", "user-1", ProxiedStore.InAnHour);

        Assert.Equal(20, await store.RevokeAllForUserAsync("user-1"));

        await Poll.UntilAsync(async () =>
            (await RedisKeys.OfAsync([redis.Server], prefix)).All(key =>
                key.ToString().StartsWith(prefix + ":t:", StringComparison.Ordinal)
            )
        );
        Assert.True((await store.FindAsync("jti-1"))!.Revoked);
    }

    // One script, one look at all keys, or one loop over a user's tokens would show here.
    [Fact]
    public async Task Asks_for_single_entries_only()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var store = new RedisTokenStore(
            through.Connection,
            new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "asks", Resilience = Impatience.Patience() }
        );
        await store.StoreManyAsync([
            .. Enumerable.Range(0, 50).Select(i => new TokenRegistration($"jti-{i}", "user-1", ProxiedStore.InAnHour)),
        ]);

        var check = await SentAsync(() => store.IsActiveAsync("jti-1", "user-1").AsTask());
        await store.RevokeAsync("jti-2");
        var checkOfRevoked = await SentAsync(() => store.IsActiveAsync("jti-2", "user-1").AsTask());
        var revokeAll = await SentAsync(() => store.RevokeAllForUserAsync("user-1").AsTask());

        Assert.Equal(["ZSCORE"], check);
        Assert.Equal(["ZSCORE"], checkOfRevoked);
        Assert.Equal(["MULTI", "RENAMENX", "EXPIRE", "ZCOUNT", "EXEC"], revokeAll.Take(5));
        Assert.Subset(
            new HashSet<string>(["MULTI", "UNLINK", "EXEC"], StringComparer.Ordinal),
            revokeAll.Skip(5).ToHashSet(StringComparer.Ordinal)
        );

        async Task<List<string>> SentAsync(Func<Task> call)
        {
            var before = proxy.Connections.Select(connection => connection.ClientToServer.ReceivedBytes().Length).ToArray();
            await call();
            return
            [
                .. proxy.Connections.SelectMany(
                    (connection, i) => RedisCommands.In(connection.ClientToServer.ReceivedBytes().AsSpan(before.ElementAtOrDefault(i)))
                ),
            ];
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
    public async Task A_local_cache_finds_nothing_that_has_expired()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var options = new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "stale", LocalCacheEntries = 10 };
        var store = new RedisTokenStore(redis.Connection, options, clock);
        await store.StoreAsync("jti-1", "user-1", clock.GetUtcNow().AddMinutes(5));
        Assert.NotNull(await store.FindAsync("jti-1"));

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await store.FindAsync("jti-1"));
        Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync("jti-1"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task Tokens_are_kept_in_the_database_that_was_asked_for(int database)
    {
        var keys = new RedisTokenKeys(redis.KeyPrefix + "database");
        var options = new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "database", Database = database };
        var store = new RedisTokenStore(redis.Connection, options);

        await store.StoreAsync("jti-1", "user-1", TimeProvider.System.GetUtcNow().AddMinutes(1));

        Assert.True(await redis.Connection.GetDatabase(database).KeyDeleteAsync(keys.User("user-1")));
        Assert.True(await redis.Connection.GetDatabase(database).KeyDeleteAsync(keys.Record(TokenHash.Of("jti-1"))));
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

    // The transaction itself goes well; a command within it is refused.
    [Fact]
    public async Task A_store_that_was_refused_in_part_has_failed()
    {
        var prefix = redis.KeyPrefix + "part";
        await redis.Database.StringSetAsync(new RedisTokenKeys(prefix).User("user-1"), "text", TimeSpan.FromMinutes(1));
        var store = Store(prefix);

        var failure = await Assert.ThrowsAsync<TokenStoreException>(() =>
            store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour).AsTask()
        );

        Assert.Equal(TokenStoreErrorCodes.CorruptRecord, failure.Code);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    public async Task Lists_more_than_a_page_also_when_all_expire_at_one_instant(int atOneInstant)
    {
        var store = Store($"{redis.KeyPrefix}pages{atOneInstant}");
        var expiry = ProxiedStore.InAnHour;
        await store.StoreManyAsync([
            .. Enumerable
                .Range(0, 600)
                .Select(i => new TokenRegistration($"jti-{i}", "user-1", expiry.AddMinutes(i < atOneInstant ? 0 : 1))),
        ]);

        var listed = await store.ListActiveAsync("user-1").Take(1000).ToListAsync();

        Assert.Equal(600, listed.DistinctBy(token => token.Jti).Count());
        Assert.Equal(600, listed.Count);
        Assert.Equal(listed.OrderBy(token => token.ExpiresAt).Select(token => token.ExpiresAt), listed.Select(token => token.ExpiresAt));
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
