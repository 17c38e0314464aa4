namespace LedgerLift.Auditing;

/// <summary>What one sealing made.</summary>
/// <param name="Batch">The header.</param>
/// <param name="Checkpoint">The signed checkpoint after it.</param>
public sealed record AuditSeal(AuditBatch Batch, AuditCheckpoint Checkpoint);
