using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>No key stays for ever.</summary>
internal static class KeyExpiry
{
    /// <summary>Asserts that there are keys and that each of them has an expiry.</summary>
    public static async Task AssertAllAsync(IDatabase database, IReadOnlyCollection<RedisKey> keys)
    {
        Assert.NotEmpty(keys);
        var lives = await Task.WhenAll(keys.Select(async key => (key, life: (long)await database.ExecuteAsync("PTTL", key))));
        // -1: no expiry. -2: gone since.
        Assert.DoesNotContain(lives, pair => pair.life == -1);
    }
}
