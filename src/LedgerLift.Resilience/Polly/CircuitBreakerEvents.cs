using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;

namespace LedgerLift.Resilience;

/// <summary>
/// Reports a breaker's transitions the way Polly's own breaker does: same names, severities and argument types. What a call caused is reported by the
/// pipeline of that call; what was done by hand, by every pipeline that has the breaker.
/// </summary>
internal sealed class CircuitBreakerEvents : IDisposable
{
    private static readonly ResilienceEvent OnOpened = new(ResilienceEventSeverity.Error, "OnCircuitOpened");
    private static readonly ResilienceEvent OnHalfOpened = new(ResilienceEventSeverity.Warning, "OnCircuitHalfOpened");
    private static readonly ResilienceEvent OnClosed = new(ResilienceEventSeverity.Information, "OnCircuitClosed");

    private readonly GuardedTelemetry _telemetry;
    private readonly IDisposable _subscription;

    internal CircuitBreakerEvents(CircuitBreaker breaker, GuardedTelemetry telemetry)
    {
        _telemetry = telemetry;
        // Pipelines are not disposed as a rule, and the breaker outlives them: it must not hold them.
        var self = new WeakReference<CircuitBreakerEvents>(this);
        IDisposable? subscription = null;
        subscription = breaker.Subscribe(transition =>
        {
            if (!self.TryGetTarget(out var events))
                Volatile.Read(ref subscription)?.Dispose();
            else if (string.Equals(transition.Reason, BreakerRules.Manual, StringComparison.Ordinal))
                events.ByHand(transition, breaker);
        });
        _subscription = subscription;
    }

    public void Dispose() => _subscription.Dispose();

    internal void MarkSource(CircuitOpenException refused) => _telemetry.MarkSource(refused);

    internal void HalfOpened(ResilienceContext context) =>
        _telemetry.Report(OnHalfOpened, context, new OnCircuitHalfOpenedArguments(context));

    internal void Opened<TResult>(in Outcome<TResult> outcome, ResilienceContext context, TimeSpan? breakDuration, bool byHand = false)
    {
        // Polly's word for "until somebody closes it".
        var duration = breakDuration ?? TimeSpan.MaxValue;
        _telemetry.Report(OnOpened, context, outcome, new OnCircuitOpenedArguments<TResult>(context, outcome, duration, byHand));
    }

    internal void Closed<TResult>(in Outcome<TResult> outcome, ResilienceContext context, bool byHand = false) =>
        _telemetry.Report(OnClosed, context, outcome, new OnCircuitClosedArguments<TResult>(context, outcome, byHand));

    private void ByHand(BreakerTransition transition, CircuitBreaker breaker)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        var outcome = transition.Cause is { } cause ? Outcome.FromException<object?>(cause) : Outcome.FromResult<object?>(null);
        if (transition.To == BreakerState.Closed)
            Closed(outcome, context, byHand: true);
        else
            Opened(outcome, context, breaker.GetSnapshot().RetryAfter, byHand: true);
        ResilienceContextPool.Shared.Return(context);
    }
}
