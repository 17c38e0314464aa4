using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing;

/// <summary>Reports every fault of <see cref="InMemoryAuditOptions"/> at once.</summary>
internal sealed class InMemoryAuditOptionsValidator : IValidateOptions<InMemoryAuditOptions>
{
    private const int Most = 10_000_000;

    public ValidateOptionsResult Validate(string? name, InMemoryAuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (options.MaxEntries is < 1 or > Most)
            result.AddError($"must be 1 to {Most}, but is {options.MaxEntries}.", nameof(options.MaxEntries));
        return result.Build();
    }
}
