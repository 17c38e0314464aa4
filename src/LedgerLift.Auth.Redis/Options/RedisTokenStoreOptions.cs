using LedgerLift.Resilience;

namespace LedgerLift.Auth.Redis;

/// <summary>How a <see cref="RedisTokenStore"/> keeps tokens and how long it waits for its server. Read once, when the store is made.</summary>
public sealed class RedisTokenStoreOptions
{
    /// <summary>
    /// How a host reaches the server: a configuration of StackExchange.Redis
    /// (<c>host:port,password=…</c>; all nodes of a Sentinel or Cluster set-up, separated by commas) or a URL (<c>redis://user:password@host:port/0</c>,
    /// <c>rediss://</c> for TLS). Such a connection is made anew when it has been silent for 10 seconds. Null: over the <c>IConnectionMultiplexer</c> that the host registered. Not used by a store that is made with a
    /// connection. Never shown in a message. There is no default.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>What every key begins with: 1 to 64 letters, digits, dots, dashes, underscores and colons. The default is "ll".</summary>
    public string KeyPrefix { get; set; } = "ll";

    /// <summary>The number of the database, from 0; −1 for the connection's own. A cluster has only 0. The default is -1.</summary>
    public int Database { get; set; } = -1;

    /// <summary>The most live tokens of one user, families counted once; from 0, and 0 means no limit. One more revokes those that expire soonest. The default is 0.</summary>
    public int MaxActiveTokensPerUser { get; set; }

    /// <summary>
    /// How many records are kept in this process; from 0, and 0 means none. Records never change, and whether a token is live is asked of the server at
    /// every check: a cache saves a round trip and delays no revoke. An entry takes about 500 bytes. The default is 0.
    /// </summary>
    public int LocalCacheEntries { get; set; }

    /// <summary>
    /// How many replicas must confirm a write before it is acknowledged; from 0 to 100, and 0 asks for none. Needs a connection of its own and a single
    /// master (not a cluster). The default is 0.
    /// </summary>
    public int RequiredReplicas { get; set; }

    /// <summary>How long to wait for the replicas; above zero, up to a minute, whole milliseconds. The default is 500 milliseconds.</summary>
    public TimeSpan ReplicaTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The bounds and retries of every call. The default is an attempt timeout of 1 second, a total timeout of 5 seconds, 6 retries from 25 ms to 400 ms,
    /// and a breaker that opens after 20 consecutive failures for 2 seconds.
    /// </summary>
    public ResiliencePolicyOptions Resilience { get; set; } = RedisPolicy.Defaults();
}
