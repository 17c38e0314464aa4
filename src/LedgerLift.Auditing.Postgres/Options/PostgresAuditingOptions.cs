namespace LedgerLift.Auditing.Postgres;

/// <summary>The settings of the audit trail on PostgreSQL.</summary>
/// <remarks>Mutable and not thread-safe while being changed. Read once, when the part that uses them is built.</remarks>
public sealed class PostgresAuditingOptions
{
    /// <summary>The Npgsql connection string with which entries are written, read, sealed and verified; best of a role that owns nothing.</summary>
    /// <value>The default is empty, which is refused: it must be given. <c>Multiplexing</c> and <c>Persist Security Info</c> are refused.</value>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>The connection string of the schema's owner: it makes the schema, erases personal details and drops partitions.</summary>
    /// <value>The default is <see langword="null"/>: that of <see cref="ConnectionString"/>. The same rules apply.</value>
    public string? MaintenanceConnectionString { get; set; }

    /// <summary>The role to which the schema script grants adding and reading, and nothing else. It must exist.</summary>
    /// <value>The default is <see langword="null"/>: nothing is granted. A lower-case identifier of 1 to 63 letters, digits and underscores.</value>
    public string? ApplicationRole { get; set; }

    /// <summary>The database schema that holds the trail.</summary>
    /// <value>The default is <c>ledgerlift_audit</c>. A lower-case identifier of 1 to 63 letters, digits and underscores.</value>
    public string Schema { get; set; } = "ledgerlift_audit";

    /// <summary>The name in metrics, logs and, as application name, on the server.</summary>
    /// <value>The default is <c>ledgerlift-audit</c>. 1 to 63 printable ASCII characters without spaces around them.</value>
    public string Name { get; set; } = "ledgerlift-audit";

    /// <summary>The most connections the trail opens for itself; the pool of the business is never used but for its own transactions.</summary>
    /// <value>The default is 4. From 2 to 100, inclusive.</value>
    public int PoolSize { get; set; } = 4;

    /// <summary>How long a read, a seal or a verification step may take. Counted in whole seconds, rounded up.</summary>
    /// <value>The default is 30 seconds. From 1 second to 1 hour, inclusive.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many months after the present one have their partition already.</summary>
    /// <value>The default is 3. From 1 to 24, inclusive.</value>
    public int MonthsAhead { get; set; } = 3;

    /// <summary>How many entries may wait for the writer. Then durable calls wait and best-effort entries are dropped and counted.</summary>
    /// <value>The default is 10 000. From 1 to 1 000 000, inclusive.</value>
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>The most entries of one insert.</summary>
    /// <value>The default is 1000. From 1 to 10 000, inclusive.</value>
    public int BatchSize { get; set; } = 1000;

    /// <summary>How long the writer tries to insert a batch before it takes the server for unreachable.</summary>
    /// <value>The default is 5 seconds. From 100 milliseconds to 10 minutes, inclusive.</value>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The folder in which entries are kept, with fsync, while the server cannot be reached. Several processes may share it.</summary>
    /// <value>The default is <see langword="null"/>: in an outage durable calls fail. It must outlive the process and be readable by it alone.</value>
    public string? SpillDirectory { get; set; }

    /// <summary>The most bytes one process keeps in <see cref="SpillDirectory"/>; further durable calls fail.</summary>
    /// <value>The default is 1 GiB. From 1 MiB to 1 TiB, inclusive.</value>
    public long SpillLimitBytes { get; set; } = 1L << 30;

    /// <summary>How long to wait before the server is tried again in an outage.</summary>
    /// <value>The default is 1 second. From 10 milliseconds to 10 minutes, inclusive.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the end of the process may wait for entries that are not yet durable.</summary>
    /// <value>The default is 30 seconds. From zero to 1 hour, inclusive.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The name of the trail in everything that is sealed; it must never change.</summary>
    /// <value>The default is <c>ledgerlift</c>. 1 to 200 characters, not blank.</value>
    public string Origin { get; set; } = "ledgerlift";

    /// <summary>The name under which signatures mention <see cref="SigningKey"/>. A new key needs a new name.</summary>
    /// <value>The default is <c>audit-1</c>. 1 to 200 characters, not blank.</value>
    public string SigningKeyId { get; set; } = "audit-1";

    /// <summary>What signs checkpoints: a P-256 private key in PEM, or at least 32 random bytes in base64. Keep it out of the database.</summary>
    /// <value>The default is <see langword="null"/>, which is refused unless <see cref="SealInterval"/> is <see langword="null"/>.</value>
    public string? SigningKey { get; set; }

    /// <summary>Keys that older checkpoints were signed with, by their names: PEM, public or private, or base64, as for <see cref="SigningKey"/>.</summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> VerificationKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How often the host seals what was committed.</summary>
    /// <value>The default is 5 seconds; <see langword="null"/> when another process seals. From 100 milliseconds to 1 day, inclusive.</value>
    public TimeSpan? SealInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most entries of one Merkle batch.</summary>
    /// <value>The default is 10 000. From 1 to 100 000, inclusive.</value>
    public int SealBatchSize { get; set; } = 10_000;

    /// <summary>The age of the oldest unsealed entry from which on the health check reports degraded.</summary>
    /// <value>The default is 5 minutes. From 1 second to 7 days, inclusive.</value>
    public TimeSpan SealLagLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long entries are kept: whole sealed months that ended longer ago are dropped by the host.</summary>
    /// <value>The default is <see langword="null"/>: for ever. From 1 day to 36 500 days, inclusive.</value>
    public TimeSpan? Retention { get; set; }
}
