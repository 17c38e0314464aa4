using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A master and two replicas that three sentinels watch. All three are endpoints, as this client has no Sentinel discovery.</summary>
public sealed class RedisSentinelFixture : RedisNodesFixture
{
    public RedisSentinelFixture()
        : base(ServerSettings.RedisSentinelNodes, "redis-sentinel") { }
}
