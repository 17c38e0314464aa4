using System.Globalization;

namespace LedgerLift.Auth.Redis;

/// <summary>What a server says about itself.</summary>
internal sealed record RedisServerInfo(string RunId, Version Version, string EvictionPolicy, long MaxMemory)
{
    internal static readonly Version FirstSupported = new(7, 0);

    /// <summary>Whether keys could be dropped: memory is limited, and all keys of the store have an expiry, so every policy but one may pick them.</summary>
    internal bool Evicts => MaxMemory > 0 && EvictionPolicy is not ("noeviction" or "");

    /// <summary>Reads the answer to INFO.</summary>
    internal static RedisServerInfo Parse(string info)
    {
        var fields = info.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return new RedisServerInfo(
            fields.GetValueOrDefault("run_id", ""),
            Version.TryParse(fields.GetValueOrDefault("redis_version"), out var version) ? version : new Version(0, 0),
            fields.GetValueOrDefault("maxmemory_policy", ""),
            long.TryParse(fields.GetValueOrDefault("maxmemory"), NumberStyles.None, CultureInfo.InvariantCulture, out var max) ? max : 0
        );
    }
}
