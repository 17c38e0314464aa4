namespace LedgerLift.Resilience;

/// <summary>One failed attempt of an operation, as attached to the exception that ended it. Immutable; holds no message and no data of the call.</summary>
/// <param name="Number">1 for the first attempt.</param>
/// <param name="Disposition">What the failure was taken for.</param>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="Delay">The wait that followed, or <see langword="null"/> when no further attempt was made.</param>
public sealed record RetryAttempt(int Number, FailureDisposition Disposition, string ErrorType, TimeSpan? Delay)
{
    /// <summary>
    /// The key in <see cref="Exception.Data"/> of the exception that ended the operation; the value is an <see cref="IReadOnlyList{T}"/> of
    /// <see cref="RetryAttempt"/>, the first attempt first.
    /// </summary>
    public const string ExceptionDataKey = "ledgerlift.retry.attempts";
}
