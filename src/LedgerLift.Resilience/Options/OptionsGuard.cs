using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Holds constructors to the same rules as the host's start: what the validator refuses, they refuse.</summary>
internal static class OptionsGuard
{
    /// <summary>Throws an <see cref="ArgumentException"/> that lists every fault.</summary>
    [SuppressMessage("Usage", "MA0015", Justification = "The name is the caller's parameter.")]
    [SuppressMessage("Major Code Smell", "S3928", Justification = "The name is the caller's parameter.")]
    [SuppressMessage("Major Code Smell", "S3236", Justification = "The name is the caller's parameter.")]
    internal static void ThrowIfInvalid<TOptions>(IValidateOptions<TOptions> validator, TOptions options, string parameterName)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options, parameterName);
        var result = validator.Validate(name: null, options);
        if (result.Failed)
            throw new ArgumentException(result.FailureMessage, parameterName);
    }
}
