using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>A failure that this package found or gave its meaning. Failures of the server itself reach the caller as Npgsql throws them.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public class DatabaseException : Exception
{
    /// <summary>A failure with its code.</summary>
    /// <param name="code">A stable word for programs.</param>
    /// <param name="message">What happened and what to do, without secrets.</param>
    /// <param name="isTransient">Whether the same call may succeed later without a change.</param>
    /// <param name="innerException">The cause, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is null or empty.</exception>
    public DatabaseException(string code, string message, bool isTransient = false, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        (Code, IsTransient) = (code, isTransient);
    }

    /// <summary>A stable word for programs; the values stand in the documentation.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsTransient { get; }
}
