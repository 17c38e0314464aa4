using LedgerLift.Resilience;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What replicas are asked for.</summary>
public sealed class ReplicaTests(RedisSentinelFixture sentinel) : IClassFixture<RedisSentinelFixture>
{
    // It may not know of a revoke yet. The client would ask one by itself as soon as the master is out of reach.
    [Fact]
    public async Task A_replica_is_never_asked()
    {
        var options = new RedisTokenStoreOptions { KeyPrefix = sentinel.KeyPrefix + "asked", Resilience = Impatience.Policy() };
        await new RedisTokenStore(sentinel.Connection, options).StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        await using var toReplica = await RedisLink.OpenAsync(Replica.EndPoint.ToString()!);
        var record = new RedisTokenKeys(options.KeyPrefix).Record(TokenHash.Of("jti-1"));
        await Poll.UntilAsync(async () => await toReplica.Connection.GetDatabase().KeyExistsAsync(record, CommandFlags.PreferSlave));
        var store = new RedisTokenStore(toReplica.Connection, options);

        foreach (
            var call in new Func<Task>[]
            {
                () => store.IsActiveAsync("jti-1", "user-1").AsTask(),
                () => store.IsActiveAsync("jti-1").AsTask(),
                () => store.FindAsync("jti-1").AsTask(),
                () => store.ListActiveAsync("user-1").ToListAsync().AsTask(),
            }
        )
            Assert.Equal(TokenStoreErrorCodes.Unavailable, (await Assert.ThrowsAsync<TokenStoreException>(call)).Code);
    }

    // WAIT speaks of the connection's own last write. Without one it would call every replica up to date.
    [Fact]
    public async Task What_is_waited_for_is_a_write_on_the_second_connection_behind_the_first_ones()
    {
        await using var proxy = TcpFaultProxy.Start(sentinel.Masters.First().EndPoint);
        await using var second = await RedisLink.OpenAsync($"127.0.0.1:{proxy.Port}");
        var store = new RedisTokenStore(
            sentinel.Connection,
            new RedisTokenStoreOptions
            {
                KeyPrefix = sentinel.KeyPrefix + "behind",
                RequiredReplicas = 1,
                Resilience = Impatience.Patience(),
            },
            acknowledgements: second.Connection
        );

        await store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);

        var sent = proxy.Connections.SelectMany(connection => RedisCommands.In(connection.ClientToServer.ReceivedBytes()));
        Assert.Equal(["SETEX", "WAIT"], sent);
    }

    [Fact]
    public async Task Replicas_confirm_a_write_or_the_caller_hears_of_it()
    {
        await using var second = await sentinel.OpenAsync();
        var prefix = sentinel.KeyPrefix + "wait";

        await Confirmed(2).StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        await Confirmed(2).StoreRotatableAsync("one", "user-1", ProxiedStore.InAnHour);
        var rotation = await FailsAsync(Confirmed(3).RotateAsync("one", "two", ProxiedStore.InAnHour));
        var failure = await FailsAsync(Confirmed(3).RevokeAsync("jti-1"));

        Assert.Equal(TokenStoreErrorCodes.NotReplicated, rotation.Code);
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
                acknowledgements: second.Connection
            );
    }

    [Fact]
    public async Task Replicas_of_a_master_that_was_slow_once_are_asked_again()
    {
        await using var proxy = TcpFaultProxy.Start(sentinel.Masters.First().EndPoint);
        await using var second = await SlowServer.OpenAsync(proxy);
        var options = new RedisTokenStoreOptions { KeyPrefix = sentinel.KeyPrefix + "slow", RequiredReplicas = 1 };
        options.Resilience.Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.FromMilliseconds(1) };
        var store = new RedisTokenStore(sentinel.Connection, options, acknowledgements: second.Connection);

        Assert.Equal(0, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_second_connection_that_was_closed_is_a_failure_and_no_misuse()
    {
        var second = await sentinel.OpenAsync();
        await second.DisposeAsync();
        var options = new RedisTokenStoreOptions { KeyPrefix = sentinel.KeyPrefix + "closed", RequiredReplicas = 1 };
        var store = new RedisTokenStore(sentinel.Connection, options, acknowledgements: second.Connection);

        var failure = await FailsAsync(store.RevokeAllForUserAsync("user-1"));

        Assert.Equal(TokenStoreErrorCodes.Unavailable, failure.Code);
    }

    private IServer Replica =>
        sentinel
            .Connection.GetEndPoints()
            .Select(endpoint => sentinel.Connection.GetServer(endpoint))
            .First(server => server is { IsConnected: true, IsSlave: true });

    private static Task<TokenStoreException> FailsAsync<T>(ValueTask<T> call) =>
        Assert.ThrowsAsync<TokenStoreException>(() => call.AsTask());
}
