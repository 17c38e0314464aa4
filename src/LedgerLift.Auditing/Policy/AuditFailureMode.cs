namespace LedgerLift.Auditing;

/// <summary>What becomes of an operation whose entry cannot be written.</summary>
public enum AuditFailureMode
{
    /// <summary>It fails: the logger throws. Nothing happens unrecorded.</summary>
    FailOperation,

    /// <summary>It goes on: the logger counts the loss, writes it to the log and to the health check, and returns.</summary>
    ContinueAndSignal,
}
