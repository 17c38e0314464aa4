using System.Diagnostics.CodeAnalysis;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>Calls what is inside a strategy so that every failure comes back as an outcome: no strategy may throw.</summary>
internal static class StrategyCallback
{
    internal const string Why = "Every failure is an outcome here; the caller gets it back in the end.";

    /// <summary>Calls; an exception thrown before a task is returned becomes an outcome. The task may still fail.</summary>
    [SuppressMessage("Design", "CA1031", Justification = Why)]
    internal static ValueTask<Outcome<TResult>> InvokeAsync<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        try
        {
            return callback(context, state);
        }
        catch (Exception failure)
        {
            return Outcome.FromExceptionAsValueTask<TResult>(failure);
        }
    }
}
