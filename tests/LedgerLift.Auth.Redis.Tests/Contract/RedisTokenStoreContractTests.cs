using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The contract on a single server.</summary>
public sealed class RedisTokenStoreContractTests(RedisFixture redis)
    : RedisTokenStoreContract(redis.Connection, redis.KeyPrefix),
        IClassFixture<RedisFixture>;
