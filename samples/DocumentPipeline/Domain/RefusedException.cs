using System.Diagnostics.CodeAnalysis;
using LedgerLift.Storage;

namespace DocumentPipeline;

/// <summary>A request that cannot be granted for a reason of its own; the host turns it into problem details.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It always says what happened.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "It always says what happened.")]
public sealed class RefusedException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="RefusalCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The fields at fault; empty when the code says enough.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What arrived other than announced.</summary>
    public IReadOnlyList<UploadDifference> Differences { get; init; } = [];

    /// <summary>One field at fault.</summary>
    public static RefusedException Invalid(string field, string code, string message) => Invalid([new FieldError(field, code, message)]);

    /// <summary>Several fields at fault.</summary>
    public static RefusedException Invalid(IReadOnlyList<FieldError> errors) =>
        new(RefusalCodes.ValidationFailed, "The request has values that cannot be used.") { Errors = errors };

    /// <summary>Nothing of that name is there for this user.</summary>
    public static RefusedException Missing(string what) => new(RefusalCodes.NotFound, $"There is no such {what}.");

    /// <summary>This user has that key or that content already.</summary>
    internal static RefusedException Duplicate() =>
        new(RefusalCodes.Duplicate, "You have registered this upload, or a document with the same content, already.");

    /// <summary>No worker may take this document now.</summary>
    internal static RefusedException NotDue() =>
        new(
            RefusalCodes.IllegalTransition,
            "There is no such document, or it is done, failed, or in another worker's hands. A failed one must be retried first."
        );
}
