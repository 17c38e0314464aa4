namespace LedgerLift.Testing;

/// <summary>
/// Where the servers are: the environment when it names any of them, else the file that <c>eng/services up</c> writes. Never a mixture, so that
/// nobody kills a server of his own by the name of ours.
/// </summary>
public sealed class ServerSettings
{
    /// <summary>Npgsql connection string.</summary>
    public const string Postgres = "LEDGERLIFT_TEST_POSTGRES";

    /// <summary>Npgsql connection string of the streaming standby.</summary>
    public const string PostgresStandby = "LEDGERLIFT_TEST_POSTGRES_STANDBY";

    /// <summary>Npgsql connection string of pgbouncer in transaction mode.</summary>
    public const string PgBouncer = "LEDGERLIFT_TEST_PGBOUNCER";

    /// <summary><c>host:port</c>.</summary>
    public const string Redis = "LEDGERLIFT_TEST_REDIS";

    /// <summary><c>host:port</c> of the masters, by commas.</summary>
    public const string RedisCluster = "LEDGERLIFT_TEST_REDIS_CLUSTER";

    /// <summary><c>host:port</c> of the sentinels, by commas.</summary>
    public const string RedisSentinel = "LEDGERLIFT_TEST_REDIS_SENTINEL";

    /// <summary><c>host:port</c> of the servers the sentinels watch, by commas.</summary>
    public const string RedisSentinelNodes = "LEDGERLIFT_TEST_REDIS_SENTINEL_NODES";

    /// <summary>The name of the master the sentinels watch.</summary>
    public const string RedisSentinelMaster = "LEDGERLIFT_TEST_REDIS_SENTINEL_MASTER";

    /// <summary>The S3 server's address, <c>http://host:port</c>.</summary>
    public const string S3Endpoint = "LEDGERLIFT_TEST_S3_ENDPOINT";

    /// <summary>The bucket with CORS rules for uploads from browsers.</summary>
    public const string S3Bucket = "LEDGERLIFT_TEST_S3_BUCKET";

    /// <summary>Access key.</summary>
    public const string S3AccessKey = "LEDGERLIFT_TEST_S3_ACCESS_KEY";

    /// <summary>Secret key.</summary>
    public const string S3SecretKey = "LEDGERLIFT_TEST_S3_SECRET_KEY";

    /// <summary>Region name.</summary>
    public const string S3Region = "LEDGERLIFT_TEST_S3_REGION";

    /// <summary>The path of <c>eng/services</c>; set only where the servers are ours and may be killed.</summary>
    public const string OwnedServers = "LEDGERLIFT_TEST_OWNED_SERVERS";

    /// <summary>The folder of the servers that <c>eng/services</c> runs.</summary>
    public const string ServicesFolder = "LEDGERLIFT_SERVICES_DIR";

    /// <summary>Whose setting it is, by the name that <c>eng/services up</c> knows.</summary>
    private static readonly Dictionary<string, string> Servers = new(StringComparer.Ordinal)
    {
        [Postgres] = "postgres",
        [PostgresStandby] = "standby",
        [PgBouncer] = "pgbouncer",
        [Redis] = "redis",
        [RedisCluster] = "redis-cluster",
        [RedisSentinel] = "redis-sentinel",
        [RedisSentinelNodes] = "redis-sentinel",
        [RedisSentinelMaster] = "redis-sentinel",
        [S3Endpoint] = "s3",
        [S3Bucket] = "s3",
        [S3AccessKey] = "s3",
        [S3SecretKey] = "s3",
        [S3Region] = "s3",
    };

    private readonly Func<string, string?> _read;
    private readonly string _source;

    private ServerSettings(Func<string, string?> read, string source) => (_read, _source) = (read, source);

    /// <summary>The settings as they stand now.</summary>
    public static ServerSettings Load() => Load(TestEnvironment.Read, AppContext.BaseDirectory);

    /// <summary>The value, or null when it is not set.</summary>
    public string? Find(string name) => _read(name);

    /// <summary>The value.</summary>
    /// <exception cref="ServerMissingException">It is not set.</exception>
    public string Require(string name)
    {
        if (_read(name) is { Length: > 0 } value)
            return value;
        throw new ServerMissingException(
            $"{name} is not set, neither in the environment nor in {_source}. Start the servers with `eng/services up {Servers.GetValueOrDefault(name)}`, or set the variable to a server of your own."
        );
    }

    internal static ServerSettings Load(Func<string, string?> environment, string startFolder)
    {
        if (Servers.Keys.Any(name => environment(name) is { Length: > 0 }))
            return new ServerSettings(environment, "a file, which is not read when the environment names a server");
        var folder = environment(ServicesFolder) ?? Path.Combine(SourceTree.RootAbove(startFolder) ?? startFolder, "artifacts", "services");
        var file = Path.Combine(folder, "env");
        var values = File.Exists(file) ? Parse(File.ReadLines(file)) : [];
        return new ServerSettings(name => values.GetValueOrDefault(name), file);
    }

    /// <summary>KEY='value' lines, as a shell would source them; no value holds a quote.</summary>
    private static Dictionary<string, string> Parse(IEnumerable<string> lines) =>
        lines
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2 && !parts[0].StartsWith('#'))
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim().Trim('\''), StringComparer.Ordinal);
}
