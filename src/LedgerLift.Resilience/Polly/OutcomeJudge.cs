using Polly;

namespace LedgerLift.Resilience;

/// <summary>Says what a Polly outcome means. One serves pipelines of every result type.</summary>
/// <param name="classifier">For exceptions.</param>
/// <param name="outcomes">For results: an <see cref="IOutcomeClassifier{T}"/> of the pipeline's type or of a base of it, or <see langword="null"/>.</param>
internal sealed class OutcomeJudge(GuardedClassifier classifier, object? outcomes)
{
    /// <summary><see langword="null"/>: a good result, the usual case, decided without looking anything up.</summary>
    internal FailureDisposition? Judge<TResult>(in Outcome<TResult> outcome, ResilienceContext context)
    {
        if (outcome.Exception is { } failure)
            return classifier.Classify(failure, ResilienceKeys.CallerTokenOf(context));
        return outcomes is null ? null : GuardedClassifier.Classify(outcome.Result!, outcomes as IOutcomeClassifier<TResult>);
    }
}
