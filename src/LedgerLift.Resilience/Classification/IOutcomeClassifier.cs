namespace LedgerLift.Resilience;

/// <summary>Tells which results are failures in disguise, such as an HTTP response with status 503 that was returned and not thrown.</summary>
/// <typeparam name="T">The type of the results.</typeparam>
/// <remarks>
/// Called for every completed attempt, from any thread, also concurrently: implementations must be thread-safe, fast and free of I/O.
/// An exception thrown by an implementation never reaches the caller of the operation: the result then counts as good.
/// </remarks>
public interface IOutcomeClassifier<in T>
{
    /// <summary>Classifies a result.</summary>
    /// <param name="result">What the operation returned.</param>
    /// <returns><see langword="null" /> for a good result; otherwise what the result says about the dependency.</returns>
    FailureDisposition? Classify(T result);
}
