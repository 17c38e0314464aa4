using LedgerLift.Resilience;

namespace LedgerLift.Auth.Redis;

/// <summary>Where a <see cref="RedisReplayGuard"/> remembers and how long it waits for its server. Read once, when the guard is made.</summary>
public sealed class RedisReplayGuardOptions
{
    /// <summary>How a host reaches the server, as <see cref="RedisTokenStoreOptions.Configuration"/>; null: over the <c>IConnectionMultiplexer</c> that the host registered. There is no default.</summary>
    public string? Configuration { get; set; }

    /// <summary>What every key begins with: 1 to 64 letters, digits, dots, dashes, underscores and colons. The default is "ll".</summary>
    public string KeyPrefix { get; set; } = "ll";

    /// <summary>The number of the database, from 0; −1 for the connection's own. The default is -1.</summary>
    public int Database { get; set; } = -1;

    /// <summary>The bounds and retries of every call. The default is that of <see cref="RedisTokenStoreOptions.Resilience"/>.</summary>
    public ResiliencePolicyOptions Resilience { get; set; } = RedisPolicy.Defaults();
}
