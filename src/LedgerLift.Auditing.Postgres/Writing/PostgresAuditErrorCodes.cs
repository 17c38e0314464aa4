namespace LedgerLift.Auditing.Postgres;

/// <summary>The values of <see cref="AuditException.Code"/> that this package gives. Constants, stable across versions.</summary>
public static class PostgresAuditErrorCodes
{
    /// <summary>The database cannot be reached or did not answer in time; a written entry may be there. Transient.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The database cannot be reached, and the spill directory took no more. Transient.</summary>
    public const string SpillFailed = "spill_failed";

    /// <summary>The database refused what the entry holds. Not transient.</summary>
    public const string Rejected = "rejected";

    /// <summary>The trail's tables are not in the database. Not transient.</summary>
    public const string SchemaMissing = "schema_missing";

    /// <summary>What is stored as sealed is not what was sealed: somebody changed it, or moved it to another server. Verify it. Not transient.</summary>
    public const string TrailAltered = "trail_altered";

    /// <summary>An entry or a partition is not sealed yet, so nothing may be taken out of it; an older transaction may still be open. Transient.</summary>
    public const string NotSealed = "not_sealed";

    /// <summary>The logger was stopped. Not transient.</summary>
    public const string Stopped = "stopped";
}
