using Polly;

namespace LedgerLift.Resilience;

/// <summary>What a caller can say about an operation through the properties of a Polly <see cref="ResilienceContext"/>.</summary>
public static class ResilienceKeys
{
    /// <summary>
    /// Whether the operation may take effect twice. Read after a failure by the retry of <c>AddLedgerLiftRetry</c>; an operation that is not marked counts
    /// as <see cref="LedgerLift.Resilience.OperationSafety.NonIdempotent"/>.
    /// </summary>
    public static readonly ResiliencePropertyKey<OperationSafety> OperationSafety = new("LedgerLift.OperationSafety");

    /// <summary>The token of whoever called the pipeline, where a timeout in front replaced it by its own.</summary>
    internal static readonly ResiliencePropertyKey<CallerToken?> Caller = new("LedgerLift.CallerToken");

    /// <summary>The token that a cancellation must come from to be the caller's own.</summary>
    internal static CancellationToken CallerTokenOf(ResilienceContext context) =>
        context.Properties.GetValue(Caller, defaultValue: null)?.Token ?? context.CancellationToken;
}
