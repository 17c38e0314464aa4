using LedgerLift.Resilience;

namespace LedgerLift.Data;

/// <summary>The settings of a <see cref="PostgresDatabase"/>.</summary>
/// <remarks>
/// Mutable and not thread-safe while being changed. Read once, when the database is built; <see cref="SlowQueryThreshold"/> follows the host's configuration
/// while it runs. What these options say wins over the same setting in the connection string.
/// </remarks>
public sealed class DatabaseOptions
{
    /// <summary>Where the server is and who asks: an Npgsql connection string, or a URL <c>postgres://…</c> or <c>postgresql+driver://…</c>.</summary>
    /// <value>The default is empty, which is refused: it must be given. <c>Multiplexing</c> and <c>Persist Security Info</c> are refused.</value>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>The name in metrics, logs and, as application name, on the server.</summary>
    /// <value>The default is <c>ledgerlift</c>. 1 to 63 printable ASCII characters.</value>
    public string Name { get; set; } = "ledgerlift";

    /// <summary>How physical connections are kept.</summary>
    /// <value>The default is <see cref="PoolingMode.Pooled"/>.</value>
    public PoolingMode Mode { get; set; } = PoolingMode.Pooled;

    /// <summary>Connections that stay open once they are.</summary>
    /// <value>The default is 20. At least 1.</value>
    public int PoolSize { get; set; } = 20;

    /// <summary>Connections beyond <see cref="PoolSize"/> that may be opened under load; they close after a minute of idleness.</summary>
    /// <value>The default is 30. At least 0; together with <see cref="PoolSize"/> at most 1024.</value>
    public int MaxOverflow { get; set; } = 30;

    /// <summary>The longest wait for a connection while all are in use; then <see cref="PoolTimeoutException"/>.</summary>
    /// <value>The default is 30 seconds. From zero (never wait) to 1 hour, inclusive.</value>
    public TimeSpan PoolTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The age at which a pooled connection is replaced at its next use.</summary>
    /// <value>The default is 1 hour. Zero (never), or from 1 second to 7 days, inclusive.</value>
    public TimeSpan PoolRecycle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>When a pooled connection is asked for a sign of life.</summary>
    /// <value>The default is <see cref="PrePing.Adaptive"/>.</value>
    public PrePing PrePing { get; set; } = PrePing.Adaptive;

    /// <summary>The longest a new connection to the server may take, login included. Counted in whole seconds, rounded up.</summary>
    /// <value>The default is 30 seconds. From 1 second to 1024 seconds, inclusive.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a command may take, unless it says otherwise, measured here. Counted in whole seconds, rounded up.</summary>
    /// <value>The default is 30 seconds. From 1 second to 24 hours, inclusive.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a statement may take, measured by the server (<c>statement_timeout</c>).</summary>
    /// <value>The default is <see langword="null"/>: what the server is set to. From 1 millisecond to 24 hours, inclusive.</value>
    public TimeSpan? StatementTimeout { get; set; }

    /// <summary>The longest a statement may wait for a lock, measured by the server (<c>lock_timeout</c>).</summary>
    /// <value>The default is <see langword="null"/>: what the server is set to. From 1 millisecond to 24 hours, inclusive.</value>
    public TimeSpan? LockTimeout { get; set; }

    /// <summary>The longest a COMMIT may take, and then again the longest its outcome is looked up. Counted in whole seconds, rounded up.</summary>
    /// <value>The default is 30 seconds. From 1 second to 1 hour, inclusive.</value>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The duration from which on a command is slow. May be changed while the host runs.</summary>
    /// <value>The default is 5 seconds. From zero (every command) to 24 hours, inclusive.</value>
    public TimeSpan SlowQueryThreshold { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the generic plan (EXPLAIN, never ANALYZE) of a slow SELECT is told with it. It is taken on a connection of its own beside the pool, one at a time,
    /// at most one a second and one for each kind of query in a minute; the warning and the subscribers then wait for it, the query does not.
    /// </summary>
    /// <value>The default is <see langword="false"/>. Not with <see cref="PoolingMode.PgBouncer"/>, where there is no session to prepare a statement in.</value>
    public bool SlowQueryPlans { get; set; }

    /// <summary>The share of all connections in use that is warned about.</summary>
    /// <value>The default is 0.8. Over 0, to 1, inclusive.</value>
    public double PoolUtilizationWarning { get; set; } = 0.8;

    /// <summary>How long a session may be held before it is warned about.</summary>
    /// <value>The default is 60 seconds. Over zero, to 24 hours, inclusive.</value>
    public TimeSpan LeakThreshold { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether <see cref="PoolSize"/> connections are opened, one after the other, when the host starts.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool WarmUp { get; set; }

    /// <summary>Whether Npgsql's own messages, every command among them, are passed on to the logger. Parameters are never logged.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LogCommands { get; set; }

    /// <summary>How often failed work is repeated, and how long to wait in between.</summary>
    /// <value>The default is 3 retries, 100 milliseconds at first, at most 5 seconds, spread by 0.2.</value>
    public RetryOptions Retry { get; set; } =
        new()
        {
            MaxRetries = 3,
            BaseDelay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(5),
            Jitter = 0.2,
        };

    /// <summary>How commits are made safe, unless a transaction says otherwise.</summary>
    /// <value>The default is <see cref="CommitSafety.Verified"/>.</value>
    public CommitSafety CommitSafety { get; set; } = CommitSafety.Verified;

    /// <summary>How long a result of the health check is given again without asking the server.</summary>
    /// <value>The default is 30 seconds. From zero to 1 hour, inclusive.</value>
    public TimeSpan HealthCacheDuration { get; set; } = TimeSpan.FromSeconds(30);
}
