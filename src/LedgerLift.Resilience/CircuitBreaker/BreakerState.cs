namespace LedgerLift.Resilience;

/// <summary>What a <see cref="CircuitBreaker"/> does with the next call.</summary>
public enum BreakerState
{
    /// <summary>Calls pass; consecutive failures are counted.</summary>
    Closed,

    /// <summary>
    /// Calls are refused. The state stays <see cref="Open"/> after the recovery time until a caller asks and is admitted as a probe:
    /// nothing happens in the background.
    /// </summary>
    Open,

    /// <summary>A few probes pass to find out whether the dependency answers again; other calls are refused.</summary>
    HalfOpen,

    /// <summary>Calls are refused until <see cref="CircuitBreaker.Close"/> or <see cref="CircuitBreaker.Trip"/>; no time ends it.</summary>
    Isolated,
}
