namespace LedgerLift.Auditing.Postgres;

/// <summary>Why an entry was not written.</summary>
internal enum DropReason
{
    /// <summary>A best-effort entry found no room.</summary>
    QueueFull,

    /// <summary>A best-effort entry met an outage.</summary>
    Outage,

    /// <summary>The database refused what it holds.</summary>
    Rejected,

    /// <summary>It could not be written, and its policy lets the operation go on.</summary>
    Failed,
}
