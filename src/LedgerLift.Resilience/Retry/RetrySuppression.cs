namespace LedgerLift.Resilience;

/// <summary>Why a failure that could have been retried was not.</summary>
internal enum RetrySuppression
{
    /// <summary>The retry budget was empty.</summary>
    Budget = 0,

    /// <summary>The failure is ambiguous and the operation must not take effect twice.</summary>
    NotIdempotent = 1,

    /// <summary>The delay would not have ended before the total timeout.</summary>
    Deadline = 2,

    /// <summary>The circuit is open.</summary>
    CircuitOpen = 3,

    /// <summary>All retries were used.</summary>
    Exhausted = 4,
}
