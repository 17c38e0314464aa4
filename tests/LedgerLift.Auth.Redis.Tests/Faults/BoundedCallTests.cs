using LedgerLift.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Every call ends in time, whatever the server does, and "active?" is never yes without an answer.</summary>
public sealed class BoundedCallTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    /// <summary>Every call of the store that asks the server.</summary>
    private static Func<RedisTokenStore, Task>[] Calls { get; } =
    [
        store => store.StoreAsync("new", "user-1", ProxiedStore.InAnHour).AsTask(),
        store => store.StoreManyAsync([new("new-2", "user-1", ProxiedStore.InAnHour)]).AsTask(),
        store => store.StoreRotatableAsync("new-3", "user-1", ProxiedStore.InAnHour).AsTask(),
        store => store.FindAsync("known").AsTask(),
        store => store.IsActiveAsync("known").AsTask(),
        store => store.IsActiveAsync("known", "user-1").AsTask(),
        store => store.RevokeAsync("known").AsTask(),
        store => store.RevokeAllForUserAsync("user-1").AsTask(),
        store => store.RotateAsync("known", "next", ProxiedStore.InAnHour).AsTask(),
        async store =>
        {
            await foreach (var _ in store.ListActiveAsync("user-1"))
                Assert.Fail("A token was listed without a server.");
        },
    ];

    [Theory]
    [InlineData("black hole")]
    [InlineData("stalled")]
    [InlineData("refused")]
    public async Task A_server_that_is_away_is_a_failure_within_the_bound(string how)
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis);
        await proxied.Straight.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        Break(proxied.Proxy, how);

        foreach (var call in Calls)
        {
            var started = TimeProvider.System.GetTimestamp();
            var failure = await Assert.ThrowsAsync<TokenStoreException>(() => call(proxied.Store));
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Impatience.Bound);
            Assert.Equal(TokenStoreErrorCodes.Unavailable, failure.Code);
            Assert.True(failure.IsTransient);
            Assert.NotNull(failure.InnerException);
        }
    }

    [Theory]
    [InlineData("black hole", true)]
    [InlineData("stalled", false)]
    [InlineData("refused", true)]
    public async Task A_revoke_that_failed_has_happened_only_where_just_the_answer_was_lost(string how, bool isActive)
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis);
        await proxied.Straight.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        Break(proxied.Proxy, how);

        await Assert.ThrowsAsync<TokenStoreException>(() => proxied.Store.RevokeAllForUserAsync("user-1").AsTask());

        Assert.Equal(isActive, await proxied.Straight.IsActiveAsync("known", "user-1"));
    }

    [Fact]
    public async Task A_store_comes_back_by_itself_when_the_server_does()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis);
        await proxied.Store.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        Break(proxied.Proxy, "refused");
        await Assert.ThrowsAsync<TokenStoreException>(() => proxied.Store.IsActiveAsync("known", "user-1").AsTask());

        proxied.Proxy.AcceptConnections();

        await Poll.UntilAsync(() => proxied.Store.AnswersAsync(), Impatience.Reconnection);
        Assert.True(await proxied.Store.IsActiveAsync("known", "user-1"));
    }

    [Fact]
    public async Task A_record_in_the_local_cache_makes_nothing_active_without_the_server()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis, cache: 10);
        await proxied.Store.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        Assert.True(await proxied.Store.IsActiveAsync("known"));
        Break(proxied.Proxy, "black hole");

        await Assert.ThrowsAsync<TokenStoreException>(() => proxied.Store.IsActiveAsync("known").AsTask());
        await Assert.ThrowsAsync<TokenStoreException>(() => proxied.Store.FindAsync("known").AsTask());
    }

    [Fact]
    public async Task A_caller_may_stop_waiting()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis, Impatience.Patience());
        Break(proxied.Proxy, "black hole");
        using var impatient = new CancellationTokenSource();

        var call = proxied.Store.IsActiveAsync("known", "user-1", impatient.Token).AsTask();
        await impatient.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
    }

    // The client reads all answers on one thread and goes on from there with what waits for them.
    [Theory]
    [InlineData("token")]
    [InlineData("health")]
    public async Task A_caller_who_blocks_after_an_answer_holds_up_nobody(string asked)
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis, Impatience.Patience());
        await proxied.Store.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        using var connection = new RedisConnection(proxied.Connection, database: 0, TimeProvider.System);
        var health = new RedisHealthCheck(connection, TimeSpan.FromSeconds(10), TimeProvider.System, logger: null);
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        var blocker = Task.Run(BlockAsync);
        Assert.True(blocked.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        for (var i = 0; i < 20; i++)
            Assert.True(await proxied.Store.IsActiveAsync("known", "user-1"));
        Assert.False(blocker.IsCompleted);

        release.Set();
        Assert.True(await blocker);

        async Task<bool> BlockAsync()
        {
            var isFine = await AskAsync().ConfigureAwait(false);
            blocked.Set();
            return release.Wait(TimeSpan.FromSeconds(15)) && isFine;
        }

        async Task<bool> AskAsync()
        {
            if (asked == "token")
                return await proxied.Store.IsActiveAsync("known", "user-1").ConfigureAwait(false);
            return (await health.CheckHealthAsync(new HealthCheckContext()).ConfigureAwait(false)).Status is HealthStatus.Healthy;
        }
    }

    [Fact]
    public async Task Many_stores_travel_together()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis, Impatience.Patience());
        var tokens = Enumerable.Range(0, 1000).Select(i => new TokenRegistration($"jti-{i}", $"user-{i % 7}", ProxiedStore.InAnHour));
        proxied.Proxy.ServerToClient.Delay(TimeSpan.FromMilliseconds(50));

        var started = TimeProvider.System.GetTimestamp();
        await proxied.Store.StoreManyAsync([.. tokens]);

        // One by one, two round trips each, it would be 100 seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(25));
        Assert.Equal(143, await proxied.Straight.RevokeAllForUserAsync("user-0"));
    }

    private static void Break(TcpFaultProxy proxy, string how)
    {
        switch (how)
        {
            case "black hole":
                proxy.ClientToServer.BlackHole();
                break;
            case "stalled":
                proxy.ServerToClient.Stall();
                break;
            default:
                proxy.RefuseConnections();
                proxy.ResetAll();
                break;
        }
    }
}
