namespace LedgerLift.Auditing;

/// <summary>How an audit trail is.</summary>
public enum AuditState
{
    /// <summary>Entries are kept as promised.</summary>
    Healthy,

    /// <summary>Entries are kept, but late, or sealed late, or elsewhere for the time being.</summary>
    Degraded,

    /// <summary>Entries are lost, or operations fail because they cannot be recorded.</summary>
    Unhealthy,
}
