using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Holds constructors to the same rules as the host's start.</summary>
internal static class OptionsGuard
{
    /// <summary>Throws an <see cref="ArgumentException"/> that lists every fault.</summary>
    [SuppressMessage("Usage", "MA0015", Justification = "The name is the caller's parameter.")]
    [SuppressMessage("Major Code Smell", "S3928", Justification = "The name is the caller's parameter.")]
    internal static void ThrowIfInvalid(PostgresAuditingOptions options, string parameterName)
    {
        var result = new PostgresAuditingOptionsValidator().Validate(name: null, options);
        if (result.Failed)
            throw new ArgumentException(result.FailureMessage, parameterName);
    }
}
