namespace LedgerLift.Resilience;

/// <summary>How the delays of many clients that failed at the same moment are spread.</summary>
public enum JitterMode
{
    /// <summary>The delay lies within ± <see cref="RetryOptions.Jitter"/> of the computed one; at the cap the interval moves down and keeps its width.</summary>
    Proportional = 0,

    /// <summary>
    /// The delay lies anywhere between zero and the computed one: the widest spread, for large herds. Source: "Full Jitter" in M. Brooker,
    /// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    /// </summary>
    Full = 1,

    /// <summary>The delay is the computed one. For tests and for a single client.</summary>
    None = 2,
}
