namespace LedgerLift.Resilience;

/// <summary>Whether a <see cref="CircuitBreaker"/> acts on what it finds.</summary>
public enum BreakerMode
{
    /// <summary>Calls are refused while the circuit is open.</summary>
    Enforce,

    /// <summary>
    /// Every call passes; the state moves and the rejections are counted as if the breaker enforced them. For trying settings on live traffic.
    /// </summary>
    Shadow,
}
