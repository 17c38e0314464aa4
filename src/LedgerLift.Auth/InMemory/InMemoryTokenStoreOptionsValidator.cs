using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>Reports every fault of <see cref="InMemoryTokenStoreOptions"/> at once.</summary>
internal sealed class InMemoryTokenStoreOptionsValidator : IValidateOptions<InMemoryTokenStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, InMemoryTokenStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (options.MaxEntries < 1)
            result.AddError($"must be 1 or more, but is {options.MaxEntries}.", nameof(options.MaxEntries));
        if (options.MaxActiveTokensPerUser < 0)
            result.AddError(
                $"must be 0 (no limit) or more, but is {options.MaxActiveTokensPerUser}.",
                nameof(options.MaxActiveTokensPerUser)
            );
        return result.Build();
    }
}
