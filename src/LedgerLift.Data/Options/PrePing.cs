namespace LedgerLift.Data;

/// <summary>When a pooled connection is asked for a sign of life before it is handed out. A ping costs one round trip.</summary>
public enum PrePing
{
    /// <summary>
    /// Where it matters: before work that could not be repeated (<see cref="IDatabase.ExecuteAsync"/> of a non-idempotent operation), and before a session of
    /// <see cref="IDatabase.OpenSessionAsync"/> whose connection has been idle for half a second or longer. Work that can be repeated is simply repeated.
    /// </summary>
    Adaptive,

    /// <summary>Before every use of a pooled connection.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
