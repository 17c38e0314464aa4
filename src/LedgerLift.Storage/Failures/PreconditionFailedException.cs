using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>The object is there already, and the upload may only create; what is there is unchanged. Code <c>precondition_failed</c>, not transient.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code and a key.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code and a key.")]
public sealed class PreconditionFailedException : StorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="key">The object.</param>
    /// <param name="innerException">The cause, or null.</param>
    public PreconditionFailedException(ObjectKey key, Exception? innerException = null)
        : base(
            StorageErrorCodes.PreconditionFailed,
            "The object is there already, and the upload may only create; its key is in the property Key.",
            isTransient: false,
            innerException
        ) => Key = key;

    /// <summary>The object that is there.</summary>
    public ObjectKey Key { get; }
}
