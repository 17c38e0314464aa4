namespace LedgerLift.Data;

/// <summary>What became of a transaction whose COMMIT had no reply.</summary>
internal enum TransactionOutcome
{
    Unknown,
    Committed,
    RolledBack,

    /// <summary>The server has not decided yet.</summary>
    InProgress,
}
