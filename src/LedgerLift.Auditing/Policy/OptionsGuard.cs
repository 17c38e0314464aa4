using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing;

/// <summary>The same checks for a constructor as for a host that starts.</summary>
internal static class OptionsGuard
{
    /// <summary>Refuses options that a host would not start with.</summary>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    internal static void ThrowIfInvalid<TOptions>(IValidateOptions<TOptions> validator, TOptions options, string parameterName)
        where TOptions : class
    {
        var result = validator.Validate(Options.DefaultName, options);
        if (result.Failed)
            throw new ArgumentException(result.FailureMessage, parameterName);
    }
}
