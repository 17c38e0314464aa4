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
}
