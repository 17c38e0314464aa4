using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The cluster of three masters, and a key prefix of its own for each test class.</summary>
public sealed class RedisClusterFixture : RedisNodesFixture
{
    public RedisClusterFixture()
        : base(ServerSettings.RedisCluster, "redis-cluster") { }
}
