using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The check <c>redis</c>, as a host runs it.</summary>
[Collection(nameof(ServerKillers))]
public sealed class RedisHealthCheckTests(RedisFixture redis, RedisClusterFixture cluster)
    : IClassFixture<RedisFixture>,
        IClassFixture<RedisClusterFixture>
{
    [Fact]
    public async Task A_server_that_keeps_what_it_was_given_is_healthy()
    {
        var entry = await CheckAsync(redis.Connection);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(1, entry.Data["servers"]);
        Assert.StartsWith("7.", (string)entry.Data["version"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_masters_of_a_cluster_are_asked()
    {
        var entry = await CheckAsync(cluster.Connection);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(3, entry.Data["servers"]);
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("allkeys-random")]
    [InlineData("volatile-ttl")]
    public async Task A_server_that_would_evict_tokens_is_degraded_and_a_warning_is_logged(string policy)
    {
        var logs = new LogRecorder();
        try
        {
            await redis.Server.ConfigSetAsync("maxmemory", "4gb");
            await redis.Server.ConfigSetAsync("maxmemory-policy", policy);

            var entry = await CheckAsync(redis.Connection, logs);

            Assert.Equal(HealthStatus.Degraded, entry.Status);
            Assert.Equal(policy, entry.Data["evictionPolicy"]);
            Assert.Contains(logs.Records, record => record.EventId.Id == 4502 && record.Message.Contains(policy, StringComparison.Ordinal));
        }
        finally
        {
            await redis.Server.ConfigSetAsync("maxmemory-policy", "noeviction");
            await redis.Server.ConfigSetAsync("maxmemory", "0");
        }
    }

    [Fact]
    public async Task A_server_without_a_limit_evicts_nothing_whatever_its_policy()
    {
        try
        {
            await redis.Server.ConfigSetAsync("maxmemory-policy", "allkeys-lru");
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(redis.Connection)).Status);
        }
        finally
        {
            await redis.Server.ConfigSetAsync("maxmemory-policy", "noeviction");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_away_is_unhealthy_in_time_and_not_named(bool silent)
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        if (silent)
        {
            proxy.ClientToServer.BlackHole();
        }
        else
        {
            proxy.RefuseConnections();
            proxy.ResetAll();
        }

        var started = TimeProvider.System.GetTimestamp();
        var entry = await CheckAsync(through.Connection);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Impatience.Bound);
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Null(entry.Exception);
        Assert.DoesNotContain("127.0.0.1", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_slow_once_is_healthy_again()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await SlowServer.OpenAsync(proxy);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(through.Connection)).Status);
    }

    [Theory]
    [InlineData("6.2.14", "noeviction", 0, false)]
    [InlineData("7.0.15", "noeviction", 100, false)]
    [InlineData("7.0.15", "allkeys-lru", 100, true)]
    [InlineData("7.0.15", "volatile-lru", 100, true)]
    [InlineData("7.0.15", "volatile-lru", 0, false)]
    [InlineData("7.0.15", "", 100, false)]
    public void Reads_what_a_server_says_of_itself(string version, string policy, long maxMemory, bool evicts)
    {
        var info = RedisServerInfo.Parse(
            $"# Server\r\nredis_version:{version}\r\nrun_id:abc\r\n\r\n# Memory\r\nmaxmemory:{maxMemory}\r\nmaxmemory_policy:{policy}\r\n"
        );

        Assert.Equal(new RedisServerInfo("abc", Version.Parse(version), policy, maxMemory), info);
        Assert.Equal(evicts, info.Evicts);
        Assert.Equal(version.StartsWith('6'), info.Version < RedisServerInfo.FirstSupported);
    }

    [Fact]
    public void The_oldest_server_and_any_that_evicts_decide()
    {
        var good = new RedisServerInfo("a", new Version(7, 2), "noeviction", 100);
        var old = new RedisServerInfo("b", new Version(6, 2, 14), "noeviction", 0);
        var evicting = new RedisServerInfo("c", new Version(7, 0), "volatile-lru", 100);

        Assert.Equal(HealthStatus.Healthy, Judge(good, good with { RunId = "d" }).Status);
        Assert.Equal(HealthStatus.Unhealthy, Judge(good, old).Status);
        Assert.Equal(HealthStatus.Unhealthy, Judge(evicting, old).Status);
        Assert.Contains("6.2.14", Judge(good, old).Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, Judge(good, evicting).Status);
        Assert.Equal("volatile-lru", Judge(good, evicting).Data["evictionPolicy"]);

        HealthCheckResult Judge(params RedisServerInfo[] servers) => NewCheck(redis.Connection).Judge(servers);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_verdict()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        proxy.ClientToServer.BlackHole();
        using var impatient = new CancellationTokenSource();

        var checking = NewCheck(through.Connection).CheckHealthAsync(new HealthCheckContext(), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }

    [Fact]
    public async Task A_connection_that_was_closed_is_unhealthy()
    {
        var closed = await RedisLink.OpenAsync(redis.Options());
        var check = NewCheck(closed.Connection);
        await closed.DisposeAsync();

        var result = await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
    }

    [Fact]
    public void What_says_nothing_is_too_old() => Assert.True(RedisServerInfo.Parse("").Version < RedisServerInfo.FirstSupported);

    private static RedisHealthCheck NewCheck(IConnectionMultiplexer connection) =>
        new(
            new RedisConnection(connection, database: -1, TimeProvider.System),
            TimeSpan.FromSeconds(10),
            TimeProvider.System,
            logger: null
        );

    private static async Task<HealthReportEntry> CheckAsync(IConnectionMultiplexer connection, LogRecorder? logs = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(connection);
        services.AddLogging(logging =>
        {
            if (logs is not null)
                logging.AddProvider(logs);
        });
        services.AddLedgerLiftRedisTokenStore(options => options.Resilience = Impatience.Policy());
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["redis"];
    }
}
