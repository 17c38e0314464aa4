namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The contract on a cluster of three masters.</summary>
public sealed class RedisClusterContractTests(RedisClusterFixture cluster)
    : RedisTokenStoreContract(cluster.Connection, cluster.KeyPrefix),
        IClassFixture<RedisClusterFixture>;
