using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>What is on a server.</summary>
internal static class RedisKeys
{
    /// <summary>The keys that begin with a prefix, on whichever master they are.</summary>
    public static List<RedisKey> Of(IEnumerable<IServer> masters, string prefix) =>
        [.. masters.SelectMany(server => server.Keys(pattern: prefix + "*", pageSize: 1000))];

    /// <summary>Asserts that there are keys and that each of them has an expiry.</summary>
    public static async Task AllExpireAsync(IDatabase database, IReadOnlyCollection<RedisKey> keys)
    {
        Assert.NotEmpty(keys);
        var lives = await Task.WhenAll(keys.Select(async key => (key, life: (long)await database.ExecuteAsync("PTTL", key))));
        // -1: no expiry. -2: gone since.
        Assert.DoesNotContain(lives, pair => pair.life == -1);
    }
}
