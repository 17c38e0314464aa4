using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>Reports every fault of <see cref="InMemoryReplayGuardOptions"/> at once.</summary>
internal sealed class InMemoryReplayGuardOptionsValidator : IValidateOptions<InMemoryReplayGuardOptions>
{
    public ValidateOptionsResult Validate(string? name, InMemoryReplayGuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.MaxEntries < 1
            ? ValidateOptionsResult.Fail($"Property {nameof(options.MaxEntries)}: must be 1 or more, but is {options.MaxEntries}.")
            : ValidateOptionsResult.Success;
    }
}
