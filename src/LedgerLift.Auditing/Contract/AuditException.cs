namespace LedgerLift.Auditing;

#pragma warning disable CA1032, RCS1194 // Code and IsTransient are part of every instance; constructors without them would make exceptions that say nothing.
/// <summary>The audit trail could not do what it was asked. Never thrown for bad arguments, and never holds what an entry says.</summary>
public class AuditException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, without anything from an entry but its id.</param>
    /// <param name="code">One of the package's error codes, such as those in <see cref="AuditErrorCodes"/>.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">What caused it, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is null or blank.</exception>
    public AuditException(string message, string code, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Code = code;
        IsTransient = isTransient;
    }

    /// <summary>What failed, for programs; stable across versions.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }
}
