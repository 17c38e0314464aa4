using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>The store cannot be reached, does not answer in time, asks to slow down, or the circuit breaker is open. Code <c>unavailable</c>, transient.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public sealed class StorageUnavailableException : StorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, without secrets.</param>
    /// <param name="innerException">The cause, or null.</param>
    public StorageUnavailableException(string message, Exception? innerException = null)
        : base(StorageErrorCodes.Unavailable, message, isTransient: true, innerException) { }

    /// <summary>When it is worth trying again; null when nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
