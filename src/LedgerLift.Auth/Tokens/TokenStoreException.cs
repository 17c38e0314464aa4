namespace LedgerLift.Auth;

#pragma warning disable CA1032, RCS1194 // Code and IsTransient are part of every instance; constructors without them would make exceptions that say nothing.
/// <summary>A token store could not do what it was asked. Never thrown for bad arguments, and never holds a jti.</summary>
public sealed class TokenStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, without a jti.</param>
    /// <param name="code">One of <see cref="TokenStoreErrorCodes"/>.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">What caused it, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is null or blank.</exception>
    public TokenStoreException(string message, string code, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Code = code;
        IsTransient = isTransient;
    }

    /// <summary>One of <see cref="TokenStoreErrorCodes"/>; stable, for programs.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }
}
