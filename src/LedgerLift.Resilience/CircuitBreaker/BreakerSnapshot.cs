namespace LedgerLift.Resilience;

/// <summary>A breaker at one moment, for status pages and tests. Immutable; taking one changes nothing.</summary>
/// <param name="Name">The breaker's name.</param>
/// <param name="State">The state.</param>
/// <param name="ConsecutiveFailures">Failures since the last success, counted by completion; 0 unless closed.</param>
/// <param name="ProbeSuccesses">Successful probes of the present half-open period; 0 unless half-open.</param>
/// <param name="ProbesInFlight">Probes whose result is awaited and whose lease has not run out; 0 unless half-open.</param>
/// <param name="RetryAfter">As in <see cref="BreakerRejection.RetryAfter"/>; <see langword="null"/> while closed or isolated.</param>
/// <param name="Transitions">How many transitions there have been; equals the last <see cref="BreakerTransition.Sequence"/>.</param>
/// <param name="Rejections">Calls refused so far; in shadow mode, calls that would have been.</param>
/// <param name="StaleResults">Results that arrived after the state in which their call was admitted had ended, and were dropped.</param>
/// <param name="LastFailure">The last failure that counted, or <see langword="null"/>.</param>
public sealed record BreakerSnapshot(
    string Name,
    BreakerState State,
    int ConsecutiveFailures,
    int ProbeSuccesses,
    int ProbesInFlight,
    TimeSpan? RetryAfter,
    long Transitions,
    long Rejections,
    long StaleResults,
    Exception? LastFailure
);
