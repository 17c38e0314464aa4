using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What was done and whose answer was lost is neither done twice nor forgotten.</summary>
public sealed class LostAnswerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static byte[] Commit => "EXEC\r\n"u8.ToArray();

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Cut)]
    public async Task A_store_whose_answer_was_lost_finds_itself_done(Fault fault)
    {
        await using var proxied = await OpenAsync();
        var lost = proxied.Proxy.DropReplyTo(Commit, fault);

        await proxied.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);

        await lost.WaitAsync();
        Assert.True(await proxied.Straight.IsActiveAsync("jti-1", "user-1"));
        Assert.Equal(1, await proxied.Straight.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_record_whose_answer_was_lost_is_known_again()
    {
        await using var proxied = await OpenAsync();
        var lost = proxied.Proxy.DropReplyTo("PXAT"u8, Fault.Reset);

        await proxied.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);

        await lost.WaitAsync();
        Assert.True(await proxied.Straight.IsActiveAsync("jti-1", "user-1"));
    }

    // Sent again, the token would be live after a revoke-all that has counted it.
    [Fact]
    public async Task A_store_whose_answer_was_lost_is_not_sent_again_after_a_revoke()
    {
        await using var proxied = await OpenAsync(retryAfter: TimeSpan.FromSeconds(1));
        var lost = proxied.Proxy.DropReplyTo(Commit, Fault.Reset);

        var storing = proxied.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour).AsTask();
        await lost.WaitAsync();
        Assert.Equal(1, await proxied.Straight.RevokeAllForUserAsync("user-1"));

        var failure = await Assert.ThrowsAsync<TokenStoreException>(() => storing);
        Assert.Equal(TokenStoreErrorCodes.OutcomeUnknown, failure.Code);
        Assert.False(failure.IsTransient);
        Assert.False(await proxied.Straight.IsActiveAsync("jti-1", "user-1"));
        Assert.Equal(0, await proxied.Straight.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_store_cut_off_before_it_was_complete_did_not_happen_and_says_so()
    {
        await using var proxied = await OpenAsync();
        proxied.Proxy.ClientToServer.WhenPasses("ZADD"u8, Fault.Reset);

        var failure = await Assert.ThrowsAsync<TokenStoreException>(() =>
            proxied.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour).AsTask()
        );

        Assert.Equal(TokenStoreErrorCodes.OutcomeUnknown, failure.Code);
        Assert.False(await proxied.Straight.IsActiveAsync("jti-1", "user-1"));
        Assert.True((await proxied.Straight.FindAsync("jti-1"))!.Revoked);
    }

    [Fact]
    public async Task A_store_that_cannot_ask_again_after_its_answer_was_lost_does_not_know()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis);
        await proxied.Store.StoreAsync("before", "user-1", ProxiedStore.InAnHour);
        proxied.Proxy.RefuseConnections();
        proxied.Proxy.DropReplyTo(Commit, Fault.Reset);

        var failure = await Assert.ThrowsAsync<TokenStoreException>(() =>
            proxied.Store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour).AsTask()
        );

        Assert.Equal(TokenStoreErrorCodes.OutcomeUnknown, failure.Code);
        Assert.False(failure.IsTransient);
        Assert.True(await proxied.Straight.IsActiveAsync("jti-1", "user-1"));
    }

    // A copy of the lost command may still arrive: it must find its name taken, or it would take away what was stored since.
    [Fact]
    public async Task The_name_of_a_revoke_all_whose_answer_was_lost_stays_taken()
    {
        await using var proxied = await OpenAsync();
        await proxied.Straight.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        var lost = proxied.Proxy.DropReplyTo(Commit, Fault.Reset);

        Assert.Equal(1, await proxied.Store.RevokeAllForUserAsync("user-1"));

        await lost.WaitAsync();
        var key = Assert.Single(await RedisKeys.OfAsync([redis.Server], proxied.KeyPrefix + ":x:"));
        await Poll.UntilAsync(async () => await redis.Database.KeyTypeAsync(key) is StackExchange.Redis.RedisType.String);
        // The total timeout of 40 seconds, and a minute.
        Assert.InRange((await redis.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(100));
    }

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Cut)]
    public async Task A_revoke_all_whose_answer_was_lost_still_counts_exactly(Fault fault)
    {
        await using var proxied = await OpenAsync(retryAfter: TimeSpan.FromSeconds(0.5));
        for (var i = 0; i < 7; i++)
            await proxied.Straight.StoreAsync($"jti-{i}", "user-1", ProxiedStore.InAnHour);
        var lost = proxied.Proxy.DropReplyTo(Commit, fault);

        var revoking = proxied.Store.RevokeAllForUserAsync("user-1").AsTask();
        await lost.WaitAsync();
        await proxied.Straight.StoreAsync("later", "user-1", ProxiedStore.InAnHour);

        Assert.Equal(7, await revoking);
        Assert.True(await proxied.Straight.IsActiveAsync("later", "user-1"));
        Assert.Equal(1, await proxied.Straight.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_is_no_reuse()
    {
        await using var proxied = await OpenAsync();
        await proxied.Straight.StoreRotatableAsync("one", "user-1", ProxiedStore.InAnHour);
        var lost = proxied.Proxy.DropReplyTo("PXAT"u8, Fault.Reset, schedule: new FaultSchedule { Times = 2 });

        var outcome = await proxied.Store.RotateAsync("one", "two", ProxiedStore.InAnHour);

        await lost.WaitAsync();
        Assert.Equal(RotationOutcome.Rotated, outcome);
        Assert.True(await proxied.Straight.IsActiveAsync("two", "user-1"));
        Assert.False(await proxied.Straight.IsActiveAsync("one", "user-1"));
    }

    [Fact]
    public async Task A_request_whose_registration_was_answered_in_vain_is_no_replay_of_itself()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var options = new RedisReplayGuardOptions { KeyPrefix = redis.KeyPrefix + "lost", Resilience = Impatience.Patience() };
        var guard = new RedisReplayGuard(through.Connection, options);
        proxy.DropReplyTo("PXAT"u8, Fault.Reset);

        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
        Assert.False(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
    }

    [Fact]
    public async Task A_replay_whose_answer_was_lost_is_still_a_replay()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var options = new RedisReplayGuardOptions { KeyPrefix = redis.KeyPrefix + "replay", Resilience = Impatience.Patience() };
        Assert.True(await new RedisReplayGuard(redis.Connection, options).TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
        var lost = proxy.DropReplyTo("PXAT"u8, Fault.Reset);

        Assert.False(await new RedisReplayGuard(through.Connection, options).TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));

        await lost.WaitAsync();
    }

    private Task<ProxiedStore> OpenAsync(TimeSpan? retryAfter = null)
    {
        var policy = Impatience.Policy();
        policy.AttemptTimeout = TimeSpan.FromSeconds(10);
        policy.TotalTimeout = TimeSpan.FromSeconds(40);
        // Tries enough for the second or more in which the client is connected again.
        policy.Retry = new RetryOptions
        {
            MaxRetries = 20,
            BaseDelay = retryAfter ?? TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
            Jitter = 0,
        };
        return ProxiedStore.OpenAsync(redis, policy);
    }
}
