using LedgerLift.Resilience;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RedisReplayGuardTests(RedisFixture redis, RedisClusterFixture cluster)
    : IClassFixture<RedisFixture>,
        IClassFixture<RedisClusterFixture>
{
    [Fact]
    public async Task Hosts_that_share_keys_accept_a_request_once_among_them()
    {
        var guards = Enumerable.Range(0, 3).Select(_ => Guard(redis.Connection, redis.KeyPrefix + "once")).ToArray();

        var accepted = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i => guards[i % 3].TryRegisterAsync(BitConverter.GetBytes(i / 6), ProxiedStore.InAnHour).AsTask())
        );

        Assert.Equal(10, accepted.Count(registered => registered));
    }

    [Fact]
    public async Task Other_ids_and_other_prefixes_are_other_requests()
    {
        var guard = Guard(redis.Connection, redis.KeyPrefix + "one");

        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
        Assert.True(await guard.TryRegisterAsync(new byte[] { 1, 0 }, ProxiedStore.InAnHour));
        Assert.True(await Guard(redis.Connection, redis.KeyPrefix + "two").TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
        Assert.False(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
    }

    [Fact]
    public async Task An_id_is_remembered_until_its_expiry_and_no_longer()
    {
        var prefix = redis.KeyPrefix + "expiry";
        var guard = Guard(redis.Connection, prefix);

        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, TimeProvider.System.GetUtcNow().AddSeconds(3)));
        var key = Assert.Single(await RedisKeys.OfAsync([redis.Server], prefix));
        Assert.InRange((await redis.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        await Poll.UntilAsync(async () => !await redis.Database.KeyExistsAsync(key));
        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
    }

    [Fact]
    public async Task What_has_expired_cannot_be_told_from_a_replay()
    {
        var prefix = redis.KeyPrefix + "past";

        Assert.False(await Guard(redis.Connection, prefix).TryRegisterAsync(new byte[] { 1 }, TimeProvider.System.GetUtcNow()));
        Assert.Empty(await RedisKeys.OfAsync([redis.Server], prefix));
    }

    [Fact]
    public async Task What_expires_just_now_has_expired()
    {
        var prefix = redis.KeyPrefix + "now";
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        var guard = new RedisReplayGuard(redis.Connection, new RedisReplayGuardOptions { KeyPrefix = prefix }, clock);

        Assert.False(await guard.TryRegisterAsync(new byte[] { 1 }, clock.GetUtcNow()));
        Assert.Empty(await RedisKeys.OfAsync([redis.Server], prefix));
        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, clock.GetUtcNow().AddMilliseconds(1)));
    }

    [Fact]
    public async Task Ids_are_kept_in_the_database_that_was_asked_for()
    {
        var options = new RedisReplayGuardOptions { KeyPrefix = redis.KeyPrefix + "database", Database = 5 };

        var expiry = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Assert.True(await new RedisReplayGuard(redis.Connection, options).TryRegisterAsync(new byte[] { 1 }, expiry));

        Assert.Empty(await RedisKeys.OfAsync([redis.Server], options.KeyPrefix));
        Assert.True(
            await redis
                .Connection.GetDatabase(5)
                .KeyDeleteAsync(Assert.Single(await RedisKeys.OfAsync([redis.Server], options.KeyPrefix, database: 5)))
        );
    }

    [Fact]
    public async Task An_empty_id_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(
            "id",
            () => Guard(redis.Connection, redis.KeyPrefix + "empty").TryRegisterAsync(default, ProxiedStore.InAnHour).AsTask()
        );

    [Fact]
    public async Task Works_on_a_cluster()
    {
        var guard = Guard(cluster.Connection, cluster.KeyPrefix + "replays");

        for (byte i = 1; i <= 50; i++)
        {
            Assert.True(await guard.TryRegisterAsync(new[] { i }, ProxiedStore.InAnHour));
            Assert.False(await guard.TryRegisterAsync(new[] { i }, ProxiedStore.InAnHour));
        }
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_failure_and_never_a_yes()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var guard = Guard(through.Connection, redis.KeyPrefix + "away", Impatience.Policy());
        proxy.ClientToServer.BlackHole();

        var started = TimeProvider.System.GetTimestamp();
        var failure = await Assert.ThrowsAsync<TokenStoreException>(() =>
            guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour).AsTask()
        );

        Assert.Equal(TokenStoreErrorCodes.Unavailable, failure.Code);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Impatience.Bound);
    }

    private static RedisReplayGuard Guard(IConnectionMultiplexer connection, string prefix, ResiliencePolicyOptions? policy = null) =>
        new(connection, new RedisReplayGuardOptions { KeyPrefix = prefix, Resilience = policy ?? Impatience.Patience() });
}
