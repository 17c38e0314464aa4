namespace LedgerLift.Resilience;

/// <summary>One policy: total timeout, around retry, around the circuit breaker, around the attempt timeout. Not thread-safe while being changed.</summary>
public sealed class ResiliencePolicyOptions
{
    /// <summary>The breaker that every attempt passes; <see langword="null"/>: none.</summary>
    /// <value>The default is a breaker with its own defaults. Followed when it changes at run time; adding or removing it needs a restart.</value>
    public CircuitBreakerOptions? CircuitBreaker { get; set; } = new();

    /// <summary>How often and after which waits an operation is tried again.</summary>
    /// <value>The default is three retries with their own defaults. Followed when it changes at run time.</value>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>The budget that every retry is taken from; <see langword="null"/>: none.</summary>
    /// <value>The default is a budget with its own defaults. Read once.</value>
    public RetryBudgetOptions? Budget { get; set; } = new();

    /// <summary>How long one attempt may take; <see langword="null"/>: as long as the total timeout.</summary>
    /// <value>
    /// The default is <see langword="null"/>. Greater than zero, at most <see cref="TotalTimeout"/>. Followed when it changes at run time. In an executor on the
    /// system's clock, half a second or more may end up to 50 milliseconds late.
    /// </value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>How long a call may take with all its attempts and waits; <see langword="null"/>: without limit.</summary>
    /// <value>
    /// The default is 30 seconds. Greater than zero, at most 24 days. Followed when it changes at run time. As late as an <see cref="AttemptTimeout"/> may be.
    /// </value>
    public TimeSpan? TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call waits for an open circuit to admit a probe, when that fits <see cref="TotalTimeout"/>.</summary>
    /// <value>The default is <see langword="false"/>: an open circuit ends the call at once. Followed when it changes at run time.</value>
    public bool RetryOpenCircuit { get; set; }

    /// <summary>How many keyed breakers <see cref="ICircuitBreakerRegistry.GetOrAdd"/> keeps for this policy.</summary>
    /// <value>The default is 1 024. From 1 to 100 000. Read once.</value>
    public int MaxKeyedBreakers { get; set; } = 1024;

    /// <summary>Every fault of these options and of those in them, as a host's start would report it; for options that hold a policy.</summary>
    /// <returns>One sentence a fault, with the option's name and its value; empty when there is none.</returns>
    public IReadOnlyList<string> FindFaults() =>
        ResiliencePolicyOptionsValidator.Instance.Validate(name: null, this) is { Failed: true } result ? [.. result.Failures] : [];
}
