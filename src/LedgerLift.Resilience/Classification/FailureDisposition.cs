namespace LedgerLift.Resilience;

/// <summary>What a failure says about the dependency, and so what retry and circuit breaker do with it.</summary>
public enum FailureDisposition
{
    /// <summary>Says nothing about the dependency: the caller cancelled, or called with a wrong argument. Never retried; the breaker moves in no direction.</summary>
    Ignore = 0,

    /// <summary>The dependency answered, and the answer stays no. Never retried; for the breaker a success, since the dependency is alive.</summary>
    Permanent = 1,

    /// <summary>The operation provably did not take place: connection refused, name not resolved, circuit open. Retried whatever the safety; a failure for the breaker.</summary>
    NotExecuted = 2,

    /// <summary>The dependency refused the operation for now because of load. Retried whatever the safety; a failure for the breaker.</summary>
    Throttled = 3,

    /// <summary>Nobody knows whether the operation took effect: time-outs, resets, server errors. Retried only when idempotent; a failure for the breaker.</summary>
    Ambiguous = 4,
}
