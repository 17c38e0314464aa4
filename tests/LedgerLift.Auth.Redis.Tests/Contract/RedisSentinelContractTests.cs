namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The contract on a master with replicas that sentinels watch.</summary>
public sealed class RedisSentinelContractTests(RedisSentinelFixture sentinel)
    : RedisTokenStoreContract(sentinel.Connection, sentinel.KeyPrefix),
        IClassFixture<RedisSentinelFixture>;
