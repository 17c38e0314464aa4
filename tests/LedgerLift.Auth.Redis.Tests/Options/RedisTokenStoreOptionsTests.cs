using LedgerLift.Resilience;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RedisTokenStoreOptionsTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly RedisTokenStoreOptionsValidator Validator = new();

    public static TheoryData<string, Action<RedisTokenStoreOptions>> Good =>
        new()
        {
            { "defaults", _ => { } },
            { "one letter", options => options.KeyPrefix = "a" },
            { "64 letters", options => options.KeyPrefix = new string('a', 64) },
            { "all signs", options => options.KeyPrefix = "aZ0.-_:" },
            { "first database", options => options.Database = 0 },
            { "no limit", options => options.MaxActiveTokensPerUser = 0 },
            { "largest limit", options => options.MaxActiveTokensPerUser = int.MaxValue },
            { "no cache", options => options.LocalCacheEntries = 0 },
            { "100 replicas", options => options.RequiredReplicas = 100 },
            { "shortest wait", options => options.ReplicaTimeout = TimeSpan.FromMilliseconds(1) },
            { "longest wait", options => options.ReplicaTimeout = TimeSpan.FromMinutes(1) },
            { "server", options => options.Configuration = "localhost:6379,password=secret" },
            { "url", options => options.Configuration = "rediss://:secret@localhost/3" },
            { "no attempt timeout", options => options.Resilience.AttemptTimeout = null },
        };

    public static TheoryData<string, Action<RedisTokenStoreOptions>> Bad =>
        new()
        {
            { "Configuration", options => options.Configuration = "" },
            { "Configuration", options => options.Configuration = "redis://user:secret@localhost" },
            { "KeyPrefix", options => options.KeyPrefix = "" },
            { "KeyPrefix", options => options.KeyPrefix = null! },
            { "KeyPrefix", options => options.KeyPrefix = new string('a', 65) },
            { "KeyPrefix", options => options.KeyPrefix = "a{b" },
            { "KeyPrefix", options => options.KeyPrefix = "a*" },
            { "Database", options => options.Database = -2 },
            { "MaxActiveTokensPerUser", options => options.MaxActiveTokensPerUser = -1 },
            { "LocalCacheEntries", options => options.LocalCacheEntries = -1 },
            { "RequiredReplicas", options => options.RequiredReplicas = -1 },
            { "RequiredReplicas", options => options.RequiredReplicas = 101 },
            { "ReplicaTimeout", options => options.ReplicaTimeout = TimeSpan.Zero },
            { "ReplicaTimeout", options => options.ReplicaTimeout = TimeSpan.FromMilliseconds(60_001) },
            {
                "ReplicaTimeout",
                options => (options.RequiredReplicas, options.ReplicaTimeout) = (1, options.Resilience.AttemptTimeout!.Value)
            },
            {
                "ReplicaTimeout",
                options =>
                    (options.RequiredReplicas, options.ReplicaTimeout, options.Resilience.AttemptTimeout) = (
                        1,
                        options.Resilience.TotalTimeout!.Value,
                        null
                    )
            },
            { "Resilience", options => options.Resilience = null! },
            { "Resilience.TotalTimeout", options => options.Resilience.TotalTimeout = null },
            { "Resilience", options => options.Resilience.Retry.MaxRetries = -1 },
        };

    [Fact]
    public void Has_the_documented_defaults()
    {
        var options = new RedisTokenStoreOptions();

        Assert.Null(options.Configuration);
        Assert.Equal("ll", options.KeyPrefix);
        Assert.Equal(-1, options.Database);
        Assert.Equal(0, options.MaxActiveTokensPerUser);
        Assert.Equal(0, options.LocalCacheEntries);
        Assert.Equal(0, options.RequiredReplicas);
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.ReplicaTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Resilience.AttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Resilience.TotalTimeout);
        Assert.Equal(6, options.Resilience.Retry.MaxRetries);
        Assert.Equal(TimeSpan.FromMilliseconds(25), options.Resilience.Retry.BaseDelay);
        Assert.Equal(TimeSpan.FromMilliseconds(400), options.Resilience.Retry.MaxDelay);
        Assert.Equal(20, options.Resilience.CircuitBreaker!.FailureThreshold);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Resilience.CircuitBreaker.RecoveryTimeout);
        Assert.Equal("redis-tokens", RedisTokenStore.PolicyName);
        Assert.Equal("redis-replays", RedisReplayGuard.PolicyName);
    }

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void Accepts(string what, Action<RedisTokenStoreOptions> change)
    {
        var options = With(change);

        Assert.True(Validator.Validate(name: null, options).Succeeded, what);
    }

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Refuses_and_names(string option, Action<RedisTokenStoreOptions> change)
    {
        var options = With(change);

        var failure = Assert.Single(Validator.Validate(name: null, options).Failures!);
        Assert.Contains(option, failure, StringComparison.Ordinal);
        var refused = Assert.Throws<ArgumentException>("options", () => new RedisTokenStore(redis.Connection, options));
        Assert.Contains(failure, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_all_faults_at_once_and_no_secret()
    {
        var options = With(options =>
        {
            options.Configuration = "redis://user:hunter2hunter2@localhost:6379";
            options.KeyPrefix = "{";
            options.Database = -7;
            options.RequiredReplicas = -3;
        });

        var failures = Validator.Validate(name: null, options).Failures!.ToList();

        Assert.Equal(4, failures.Count);
        Assert.Contains("-7", string.Join('\n', failures), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Replicas_need_a_connection_of_their_own()
    {
        var options = new RedisTokenStoreOptions { RequiredReplicas = 1 };

        Assert.Throws<ArgumentException>("acknowledgements", () => new RedisTokenStore(redis.Connection, options));
        Assert.NotNull(new RedisTokenStore(redis.Connection, options, acknowledgements: redis.Connection));
    }

    [Fact]
    public void A_connection_must_be_given()
    {
        Assert.Throws<ArgumentNullException>("connection", () => new RedisTokenStore((IConnectionMultiplexer)null!));
        Assert.Throws<ArgumentNullException>("connection", () => new RedisReplayGuard((IConnectionMultiplexer)null!));
    }

    [Fact]
    public void The_guards_options_are_checked_likewise()
    {
        var options = new RedisReplayGuardOptions
        {
            KeyPrefix = "}",
            Database = -9,
            Configuration = "redis://a:b@c",
        };

        var failures = new RedisReplayGuardOptionsValidator().Validate(name: null, options).Failures!.ToList();

        Assert.Equal(["Configuration", "KeyPrefix", "Database"], failures.Select(failure => failure.Split(' ')[1].TrimEnd(':')));
        Assert.Throws<ArgumentException>("options", () => new RedisReplayGuard(redis.Connection, options));
        Assert.Equal("ll", new RedisReplayGuardOptions().KeyPrefix);
    }

    [Fact]
    public void A_policy_is_copied_whole()
    {
        var from = new ResiliencePolicyOptions
        {
            CircuitBreaker = null,
            Budget = null,
            AttemptTimeout = TimeSpan.FromSeconds(3),
            TotalTimeout = TimeSpan.FromSeconds(7),
            RetryOpenCircuit = true,
            MaxKeyedBreakers = 77,
        };
        var to = new ResiliencePolicyOptions();

        RedisPolicy.Copy(from, to);

        foreach (var property in typeof(ResiliencePolicyOptions).GetProperties())
            Assert.Equal(property.GetValue(from), property.GetValue(to));
    }

    private static RedisTokenStoreOptions With(Action<RedisTokenStoreOptions> change)
    {
        var options = new RedisTokenStoreOptions();
        change(options);
        return options;
    }
}
