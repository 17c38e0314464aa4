namespace LedgerLift.Data;

/// <summary>What was being done when a failure happened.</summary>
public enum DatabasePhase
{
    /// <summary>A connection was being taken from the pool or made. No command had been sent.</summary>
    Opening,

    /// <summary>Commands were being executed outside a transaction; each takes effect by itself.</summary>
    Executing,

    /// <summary>Commands were being executed in a transaction; COMMIT had not been sent.</summary>
    InTransaction,

    /// <summary>COMMIT had been sent, or may have been.</summary>
    Committing,
}
