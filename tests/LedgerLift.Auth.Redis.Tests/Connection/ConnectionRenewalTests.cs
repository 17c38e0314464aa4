using System.Reflection;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A connection of the store's own that goes silent while the server is there.</summary>
public sealed class ConnectionRenewalTests(RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private const int Renewed = 4503;

    private readonly ManualTimeProvider _clock = new();
    private readonly LogRecorder _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("its other end vanished")]
    [InlineData("the client lost it")]
    public async Task A_store_makes_a_silent_connection_anew(string how)
    {
        await using var proxy = redis.StartProxy(captureLimit: 0);
        await using var connection = new RedisConnection(
            Options(proxy),
            database: -1,
            new FastClock(times: 5),
            _logs.CreateLogger("store")
        );
        var options = new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + how, Resilience = Impatience.Policy() };
        var store = new RedisTokenStore(connection, acknowledgements: null, options, executor: null, timeProvider: null, logger: null);
        await store.StoreAsync("known", "user-1", ProxiedStore.InAnHour);
        var client = (await connection.GetDatabaseAsync(Cancellation)).Multiplexer;
        if (how is "the client lost it")
            Lose(client);
        else
            proxy.ClientToServer.BlackHole();
        await Assert.ThrowsAsync<TokenStoreException>(() => store.IsActiveAsync("known", "user-1").AsTask());
        // A connection that has lost bytes gets none any more; others do.
        proxy.ClientToServer.Pass();

        await Poll.UntilAsync(() => store.AnswersAsync(), Impatience.Renewal, cancellationToken: Cancellation);

        Assert.True(await store.IsActiveAsync("known", "user-1"));
        Assert.Single(_logs.WithId(Renewed));
        // The old one is closed a while later; what it is asked then says so.
        await Poll.UntilAsync(() => IsClosed(client), TimeSpan.FromSeconds(30), cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_server_that_is_just_as_silent_on_a_new_connection_is_left_to_the_client()
    {
        await using var proxy = redis.StartProxy(captureLimit: 0);
        await using var link = await RedisLink.OpenAsync(Options(proxy));
        var renewal = Renewal(proxy);
        proxy.RefuseConnections();
        proxy.ResetAll();
        await Poll.UntilAsync(() => !link.Connection.IsConnected, cancellationToken: Cancellation);

        Assert.Null(await renewal.TryAsync(link.Connection));
        _clock.Advance(ConnectionRenewal.Longest);
        Assert.Null(await renewal.TryAsync(link.Connection));

        Assert.Empty(_logs.WithId(Renewed));
    }

    // docs/auth-redis.md and the README say ten seconds.
    [Fact]
    public async Task Ten_seconds_of_silence_are_enough_and_less_are_not()
    {
        await using var proxy = redis.StartProxy();
        await using var link = await RedisLink.OpenAsync(Options(proxy));
        var renewal = Renewal(proxy);
        var sent = Sent();
        proxy.ClientToServer.BlackHole();
        var ping = link.Connection.GetDatabase().PingAsync();
        await Poll.UntilAsync(() => Sent() > sent, cancellationToken: Cancellation);
        // A connection that has lost bytes gets none any more; others do.
        proxy.ClientToServer.Pass();

        Assert.Null(await WithoutAnswerAsync(renewal, link));
        // With the second in which the nodes are asked in vain, one millisecond less.
        _clock.Advance(TimeSpan.FromSeconds(8.999));
        Assert.Null(await WithoutAnswerAsync(renewal, link));
        var renewed = await WithoutAnswerAsync(renewal, link);

        Assert.NotNull(renewed);
        Assert.Single(_logs.WithId(Renewed));
        Assert.False(ping.IsCompleted);
        await RedisConnection.CloseAsync(renewed);

        int Sent() => proxy.Connections.Sum(connection => connection.ClientToServer.ReceivedBytes().Length);
    }

    [Fact]
    public async Task Only_silence_without_an_answer_in_between_counts()
    {
        await using var proxy = redis.StartProxy(captureLimit: 0);
        await using var link = await RedisLink.OpenAsync(Options(proxy));
        var renewal = Renewal(proxy);

        Assert.Null(await WhileSilentAsync());
        _clock.Advance(ConnectionRenewal.Longest / 2);
        Assert.Null(await renewal.TryAsync(link.Connection));
        _clock.Advance(ConnectionRenewal.Longest / 2);
        Assert.Null(await WhileSilentAsync());

        async Task<IConnectionMultiplexer?> WhileSilentAsync()
        {
            proxy.ServerToClient.Stall();
            var renewed = await WithoutAnswerAsync(renewal, link);
            proxy.ServerToClient.Pass();
            return renewed;
        }
    }

    private async Task<IConnectionMultiplexer?> WithoutAnswerAsync(ConnectionRenewal renewal, RedisLink link)
    {
        var asking = renewal.TryAsync(link.Connection);
        await _clock.WaitForTimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        return await asking;
    }

    private ConnectionRenewal Renewal(TcpFaultProxy proxy) => new(Options(proxy), _clock, _logs.CreateLogger("renewal"));

    private ConfigurationOptions Options(TcpFaultProxy proxy)
    {
        var options = redis.Options(proxy);
        (options.AbortOnConnectFail, options.ConnectTimeout) = (false, 300);
        // So long the client waits for what it will never hear when it is closed.
        options.SyncTimeout = 1000;
        return options;
    }

    // What version 1.2.6 does to itself now and then when a connection breaks while it is made: it calls itself connected and has no connection.
    private static void Lose(ConnectionMultiplexer client)
    {
        var bridge = Field(Field(client.GetServer(client.GetEndPoints()[0]), "server"), "interactive");
        Assert.NotNull(Field(bridge, "physical"));
        FieldOf(bridge, "physical").SetValue(bridge, value: null);
    }

    private static object Field(object owner, string name) => FieldOf(owner, name).GetValue(owner)!;

    private static FieldInfo FieldOf(object owner, string name) =>
        owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static bool IsClosed(ConnectionMultiplexer client)
    {
        try
        {
            return client.GetServer(client.GetEndPoints()[0]) is null;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
