namespace LedgerLift.Resilience;

/// <summary>Tells what an exception means. The only place that knows a dependency's error codes; one implementation per dependency.</summary>
/// <remarks>
/// Called on failures only, from any thread, also concurrently: implementations must be thread-safe and should be free of state and I/O.
/// An exception thrown by an implementation never reaches the caller of the operation: the failure then counts as <see cref="FailureDisposition.Ambiguous" />.
/// </remarks>
public interface IFailureClassifier
{
    /// <summary>Classifies a failure.</summary>
    /// <param name="failure">What the operation threw; never <see langword="null" />.</param>
    /// <param name="callerToken">The token the caller gave; a cancellation counts as the caller's own when this token is cancelled.</param>
    /// <returns>What the failure says about the dependency.</returns>
    FailureDisposition Classify(Exception failure, CancellationToken callerToken);

    /// <summary>Reads from a failure how long the dependency asks to be left alone.</summary>
    /// <param name="failure">What the operation threw; never <see langword="null" />.</param>
    /// <returns>The time to wait, counted from now, or <see langword="null" /> when the failure says nothing of the kind. Negative values count as zero.</returns>
    TimeSpan? GetRetryAfter(Exception failure);
}
