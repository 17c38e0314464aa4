using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>Stands in front of classifiers that others wrote: what they throw reaches neither the breaker's state nor the caller.</summary>
internal sealed class GuardedClassifier(IFailureClassifier inner)
{
    private const string Why = "A classifier's exception must not replace the caller's failure or take its result away.";

    /// <summary>The classifier's answer; ambiguous when it throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = Why)]
    internal FailureDisposition Classify(Exception failure, CancellationToken callerToken)
    {
        try
        {
            return inner.Classify(failure, callerToken);
        }
        catch (Exception)
        {
            return FailureDisposition.Ambiguous;
        }
    }

    /// <summary>The classifier's answer; no wish when it throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = Why)]
    internal TimeSpan? GetRetryAfter(Exception failure)
    {
        try
        {
            return inner.GetRetryAfter(failure);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The classifier's answer about a result; a good result when it throws or when there is none.</summary>
    [SuppressMessage("Design", "CA1031", Justification = Why)]
    internal static FailureDisposition? Classify<T>(T result, IOutcomeClassifier<T>? outcomes)
    {
        try
        {
            return outcomes?.Classify(result);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
