using LedgerLift.Resilience;
using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class AuthRedisServiceCollectionExtensionsTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_the_place_of_the_store_in_memory_whatever_the_order(bool memoryFirst)
    {
        var services = new ServiceCollection();
        if (memoryFirst)
            services.AddLedgerLiftAuth();
        services.AddLedgerLiftRedisTokenStore(options => options.Configuration = "localhost");
        if (!memoryFirst)
            services.AddLedgerLiftAuth();
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<RedisTokenStore>(provider.GetRequiredService<ITokenStore>());
        Assert.Same(provider.GetRequiredService<ITokenStore>(), provider.GetRequiredService<ITokenFamilies>());
        Assert.Same(provider.GetRequiredService<RedisTokenStore>(), provider.GetRequiredService<ITokenStore>());
    }

    [Fact]
    public async Task A_store_of_the_hosts_own_stays()
    {
        var own = new InMemoryTokenStore();
        var services = new ServiceCollection();
        services.AddSingleton<ITokenStore>(own);
        services.AddLedgerLiftRedisTokenStore(options => options.Configuration = "localhost");
        await using var provider = services.BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredService<ITokenStore>());
    }

    [Fact]
    public async Task Adding_twice_is_harmless()
    {
        var services = new ServiceCollection();
        for (var i = 0; i < 2; i++)
        {
            services.AddLedgerLiftRedisTokenStore(options => options.Configuration = "localhost");
            services.AddLedgerLiftRedisReplayGuard(options => options.Configuration = "localhost");
        }

        await using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<ITokenStore>());
        Assert.Single(provider.GetServices<IReplayGuard>());
        Assert.Single(provider.GetServices<IValidateOptions<RedisTokenStoreOptions>>());
        var checks = provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
        Assert.Single(checks, check => string.Equals(check.Name, "redis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_come_from_configuration_down_to_the_policy()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Tokens:Configuration"] = "localhost:1,password=secret",
                    ["Tokens:KeyPrefix"] = "from-file",
                    ["Tokens:MaxActiveTokensPerUser"] = "7",
                    ["Tokens:Resilience:TotalTimeout"] = "00:00:03",
                    ["Tokens:Resilience:Retry:MaxRetries"] = "1",
                    ["Replays:KeyPrefix"] = "replays",
                    ["Replays:Resilience:TotalTimeout"] = "00:00:04",
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(configuration.GetSection("Tokens"));
        services.AddLedgerLiftRedisReplayGuard(configuration.GetSection("Replays"));
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<RedisTokenStoreOptions>>().Value;
        Assert.Equal(
            ("localhost:1,password=secret", "from-file", 7),
            (options.Configuration, options.KeyPrefix, options.MaxActiveTokensPerUser)
        );
        var policies = provider.GetRequiredService<IOptionsMonitor<ResiliencePolicyOptions>>();
        Assert.Equal(TimeSpan.FromSeconds(3), policies.Get(RedisTokenStore.PolicyName).TotalTimeout);
        Assert.Equal(1, policies.Get(RedisTokenStore.PolicyName).Retry.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(4), policies.Get(RedisReplayGuard.PolicyName).TotalTimeout);
        Assert.Equal("replays", provider.GetRequiredService<IOptions<RedisReplayGuardOptions>>().Value.KeyPrefix);
    }

    [Fact]
    public async Task Bad_options_are_refused_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(options => (options.KeyPrefix, options.Database) = ("{", -5));
        services.AddLedgerLiftRedisReplayGuard(options => options.Resilience.TotalTimeout = null);
        await using var provider = services.BuildServiceProvider();

        var refused = Assert.ThrowsAny<Exception>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("KeyPrefix", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("-5", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("TotalTimeout", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_says_nowhere_how_to_reach_the_server_is_told()
    {
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(_ => { });
        await using var provider = services.BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<ITokenStore>());

        Assert.Contains("Configuration", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Works_over_a_connection_of_its_own_and_closes_it(bool asynchronously)
    {
        var name = $"own{Guid.NewGuid():N}";
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(options =>
            (options.Configuration, options.KeyPrefix) = ($"{redis.Options()},name={name}", $"{redis.KeyPrefix}own{asynchronously}")
        );
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<ITokenStore>();
        Assert.Equal(0, await ConnectionsOfAsync(name));
        await store.StoreAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.True(await ConnectionsOfAsync(name) > 0);

        await DisposeAsync(provider, asynchronously);

        await Poll.UntilAsync(async () => await ConnectionsOfAsync(name) == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_guard_works_over_a_connection_of_its_own_in_its_database_and_closes_it(bool asynchronously)
    {
        var name = $"own{Guid.NewGuid():N}";
        var prefix = $"{redis.KeyPrefix}own{asynchronously}";
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisReplayGuard(options =>
            (options.Configuration, options.KeyPrefix, options.Database) = ($"{redis.Options()},name={name}", prefix, 6)
        );
        await using var provider = services.BuildServiceProvider();
        var guard = provider.GetRequiredService<IReplayGuard>();
        Assert.True(await guard.TryRegisterAsync(new byte[] { 1 }, ProxiedStore.InAnHour));
        Assert.True(await ConnectionsOfAsync(name) > 0);

        await DisposeAsync(provider, asynchronously);

        await Poll.UntilAsync(async () => await ConnectionsOfAsync(name) == 0);
        Assert.True(
            await redis
                .Connection.GetDatabase(6)
                .KeyDeleteAsync(Assert.Single(await RedisKeys.OfAsync([redis.Server], prefix, database: 6)))
        );
    }

    [Fact]
    public async Task A_server_that_is_down_keeps_no_host_from_starting_and_is_found_when_it_comes()
    {
        await using var proxy = redis.StartProxy();
        proxy.RefuseConnections();
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(options =>
        {
            options.Configuration = $"127.0.0.1:{proxy.Port}";
            options.KeyPrefix = redis.KeyPrefix + "late";
            options.Resilience = Impatience.Policy();
        });
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<ITokenStore>();

        var started = TimeProvider.System.GetTimestamp();
        var down = await Assert.ThrowsAsync<TokenStoreException>(() => store.IsActiveAsync("jti-1").AsTask());
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Impatience.Bound);
        Assert.Equal(TokenStoreErrorCodes.Unavailable, down.Code);
        proxy.AcceptConnections();

        await Poll.UntilAsync(AnswersAsync, TimeSpan.FromSeconds(20));

        async ValueTask<bool> AnswersAsync()
        {
            try
            {
                return !await store.IsActiveAsync("jti-1");
            }
            catch (TokenStoreException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Runs_through_the_policy_that_the_host_sees()
    {
        await using var proxy = redis.StartProxy();
        await using var through = await RedisLink.OpenAsync(redis.Options(proxy));
        var services = new ServiceCollection();
        services.AddSingleton<IConnectionMultiplexer>(through.Connection);
        services.AddLedgerLiftRedisTokenStore(options =>
        {
            options.Resilience = Impatience.Policy();
            options.Resilience.CircuitBreaker = new CircuitBreakerOptions { FailureThreshold = 3 };
        });
        await using var provider = services.BuildServiceProvider();
        proxy.RefuseConnections();
        proxy.ResetAll();

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<TokenStoreException>(() => provider.GetRequiredService<ITokenStore>().IsActiveAsync("jti-1").AsTask());

        Assert.Equal(BreakerState.Open, provider.GetRequiredKeyedService<CircuitBreaker>(RedisTokenStore.PolicyName).State);
        var open = await Assert.ThrowsAsync<TokenStoreException>(() =>
            provider.GetRequiredService<ITokenStore>().IsActiveAsync("jti-1").AsTask()
        );
        Assert.IsType<CircuitOpenException>(open.InnerException);
        Assert.Equal(TokenStoreErrorCodes.Unavailable, open.Code);
    }

    [Fact]
    public async Task Replicas_are_waited_for_on_the_second_connection_of_the_host()
    {
        var services = new ServiceCollection();
        services.AddSingleton(redis.Connection);
        services.AddLedgerLiftRedisTokenStore(options => options.RequiredReplicas = 1);
        await using (var without = services.BuildServiceProvider())
            Assert.Throws<InvalidOperationException>(() => without.GetRequiredService<ITokenStore>());

        services.AddKeyedSingleton(AuthRedisServiceCollectionExtensions.AcknowledgementsKey, redis.Connection);
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<RedisTokenStore>(provider.GetRequiredService<ITokenStore>());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        var services = new ServiceCollection();
        IServiceCollection none = null!;

        Assert.Throws<ArgumentNullException>("services", () => none.AddLedgerLiftRedisTokenStore(_ => { }));
        Assert.Throws<ArgumentNullException>(
            "configure",
            () => services.AddLedgerLiftRedisTokenStore((Action<RedisTokenStoreOptions>)null!)
        );
        Assert.Throws<ArgumentNullException>("section", () => services.AddLedgerLiftRedisTokenStore((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>("services", () => none.AddLedgerLiftRedisReplayGuard(_ => { }));
        Assert.Throws<ArgumentNullException>(
            "configure",
            () => services.AddLedgerLiftRedisReplayGuard((Action<RedisReplayGuardOptions>)null!)
        );
        Assert.Throws<ArgumentNullException>("section", () => services.AddLedgerLiftRedisReplayGuard((IConfiguration)null!));
    }

    private static async Task DisposeAsync(ServiceProvider provider, bool asynchronously)
    {
        if (asynchronously)
            await provider.DisposeAsync();
        else
#pragma warning disable VSTHRD103, S6966 // The other way is what is tried.
            provider.Dispose();
#pragma warning restore VSTHRD103, S6966
    }

    private async Task<int> ConnectionsOfAsync(string name) =>
        (await redis.Server.ClientListAsync()).Count(client => string.Equals(client.Name, name, StringComparison.Ordinal));
}
