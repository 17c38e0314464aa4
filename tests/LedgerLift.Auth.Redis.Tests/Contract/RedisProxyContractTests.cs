using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The contract behind the fault proxy: every piece of either direction comes late, each by a time of its own.</summary>
public sealed class RedisProxyContractTests : RedisTokenStoreContract, IClassFixture<RedisProxyFixture>
{
    public RedisProxyContractTests(RedisProxyFixture redis)
        : base(redis.Through, redis.KeyPrefix)
    {
        var random = new SeededRandom();
        redis.Proxy.ClientToServer.Delay(() => Late(random));
        redis.Proxy.ServerToClient.Delay(() => Late(random));
    }

    protected override int Cases => 20;

    protected override int Histories => 60;

    // One piece of ten: enough to overtake the other direction, few enough for a thousand calls.
    private static TimeSpan Late(SeededRandom random)
    {
        lock (random)
            return random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 5)) : TimeSpan.Zero;
    }
}
