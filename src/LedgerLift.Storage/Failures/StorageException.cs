using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>The store could not do what it was asked, or refused it. Never thrown for bad arguments.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public class StorageException : Exception
{
    /// <summary>A failure with its code.</summary>
    /// <param name="code">A stable word for programs, one of <see cref="StorageErrorCodes"/>.</param>
    /// <param name="message">What happened and what to do, without secrets.</param>
    /// <param name="isTransient">Whether the same call may succeed later without a change.</param>
    /// <param name="innerException">The cause, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is null or empty.</exception>
    public StorageException(string code, string message, bool isTransient = false, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        (Code, IsTransient) = (code, isTransient);
    }

    /// <summary>A stable word for programs, one of <see cref="StorageErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsTransient { get; }

    /// <summary>The error code of S3, such as <c>AccessDenied</c>; null when the store gave none.</summary>
    public string? S3Code { get; init; }

    /// <summary>The HTTP status of the last answer; null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The store's name for the last request, for its operator; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How often it was tried: 1 or more, 0 when nothing was sent.</summary>
    public int Attempts { get; init; } = 1;
}
