namespace LedgerLift.Auditing;

/// <summary>How much of an action is recorded.</summary>
public enum AuditLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Everything but the details.</summary>
    Metadata,

    /// <summary>Everything.</summary>
    Full,
}
