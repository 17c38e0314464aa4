using System.Diagnostics.CodeAnalysis;
using Polly.CircuitBreaker;

namespace LedgerLift.Resilience;

/// <summary>
/// A call was refused because the circuit is open, half-open with every probe place taken, or isolated. Derives from Polly's
/// <see cref="BrokenCircuitException"/>, so handlers written for Polly's breaker keep working. A fresh object each time.
/// </summary>
/// <remarks>
/// <see cref="BrokenCircuitException.RetryAfter"/> is as in <see cref="BreakerRejection.RetryAfter"/>; <see cref="Exception.InnerException"/> is the
/// failure that opened the circuit, where it is known.
/// </remarks>
[SuppressMessage("Design", "CA1032", Justification = "Only a breaker can tell its name and state.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Only a breaker can tell its name and state.")]
public sealed class CircuitOpenException : BrokenCircuitException
{
    private CircuitOpenException(string message, TimeSpan retryAfter, Exception? cause)
        : base(message, retryAfter, cause!) { }

    private CircuitOpenException(string message, Exception? cause)
        : base(message, cause!) { }

    /// <summary>The name of the breaker that refused the call.</summary>
    public required string BreakerName { get; init; }

    /// <summary>The state that refused it; never <see cref="BreakerState.Closed"/>.</summary>
    public required BreakerState State { get; init; }

    internal static CircuitOpenException From(string name, in BreakerRejection rejection)
    {
        var state =
            rejection.State == BreakerState.HalfOpen ? "half-open"
            : rejection.State == BreakerState.Open ? "open"
            : "isolated";
        return rejection.RetryAfter is { } retryAfter
            ? new($"The circuit '{name}' is {state}; try again after {retryAfter:c}.", retryAfter, rejection.Cause)
            {
                BreakerName = name,
                State = rejection.State,
            }
            : new($"The circuit '{name}' is {state} until it is closed by hand.", rejection.Cause)
            {
                BreakerName = name,
                State = rejection.State,
            };
    }
}
