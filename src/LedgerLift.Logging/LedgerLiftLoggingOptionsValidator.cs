using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Reports every fault of <see cref="LedgerLiftLoggingOptions"/>.</summary>
internal sealed class LedgerLiftLoggingOptionsValidator : IValidateOptions<LedgerLiftLoggingOptions>
{
    public ValidateOptionsResult Validate(string? name, LedgerLiftLoggingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        if (!LogLevelName.TryParse(options.Level, out _))
            faults.AddError($"Level is '{options.Level}'; expected {LogLevelName.Expected}.", nameof(options.Level));

        if (!LogFormat.IsKnown(options.Format))
            faults.AddError($"Format is '{options.Format}'; expected {LogFormat.Json} or {LogFormat.Console}.", nameof(options.Format));

        return faults.Build();
    }
}
