using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>The object is not there. Code <c>object_not_found</c>, not transient.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code and a key.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code and a key.")]
public sealed class ObjectNotFoundException : StorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="key">The object.</param>
    /// <param name="innerException">The cause, or null.</param>
    public ObjectNotFoundException(ObjectKey key, Exception? innerException = null)
        : base(
            StorageErrorCodes.ObjectNotFound,
            "There is no such object; its key is in the property Key.",
            isTransient: false,
            innerException
        ) => Key = key;

    /// <summary>The object that is not there.</summary>
    public ObjectKey Key { get; }
}
