using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>A <see cref="CircuitBreaker"/> as a Polly strategy. The state is the breaker's; the strategy may be built anew at any time.</summary>
internal sealed class CircuitBreakerStrategy(CircuitBreaker breaker, OutcomeJudge judge, CircuitBreakerEvents events)
    : ResilienceStrategy,
        IDisposable
{
    public void Dispose() => events.Dispose();

    [SuppressMessage("Usage", "VSTHRD103", Justification = "The task has completed.")]
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        if (!breaker.TryAdmit(out BreakerTicket ticket, out var rejection))
        {
            var refused = CircuitOpenException.From(breaker.Name, rejection);
            events.MarkSource(refused);
            return Outcome.FromExceptionAsValueTask<TResult>(refused);
        }

        if (ticket.Probe == 1)
            events.HalfOpened(context);

        var pending = StrategyCallback.InvokeAsync(callback, context, state);
        if (!pending.IsCompletedSuccessfully)
            return AwaitAsync(pending, context, ticket);

        var outcome = pending.Result;
        Report(outcome, context, ticket);
        return new ValueTask<Outcome<TResult>>(outcome);
    }

    [SuppressMessage("Design", "CA1031", Justification = StrategyCallback.Why)]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<TResult>> AwaitAsync<TResult>(
        ValueTask<Outcome<TResult>> pending,
        ResilienceContext context,
        BreakerTicket ticket
    )
    {
        Outcome<TResult> outcome;
        try
        {
            outcome = await pending.ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (Exception failure)
        {
            outcome = Outcome.FromException<TResult>(failure);
        }

        Report(outcome, context, ticket);
        return outcome;
    }

    private void Report<TResult>(in Outcome<TResult> outcome, ResilienceContext context, BreakerTicket ticket)
    {
        switch (judge.Judge(outcome, context))
        {
            case null or FailureDisposition.Permanent:
                if (breaker.Succeed(ticket))
                    events.Closed(outcome, context);
                break;
            case FailureDisposition.Ignore:
                breaker.Release(ticket);
                break;
            default:
                if (breaker.Fail(ticket, outcome.Exception))
                    events.Opened(outcome, context, breaker.GetSnapshot().RetryAfter);
                break;
        }
    }
}
