using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Reports every fault of <see cref="LedgerLiftHealthOptions"/>.</summary>
internal sealed class LedgerLiftHealthOptionsValidator : IValidateOptions<LedgerLiftHealthOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, LedgerLiftHealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Detail))
            faults.AddError($"must be None, Summary or Full, but is {options.Detail}.", nameof(options.Detail));

        if (options.FullDetailPolicy is not null && string.IsNullOrWhiteSpace(options.FullDetailPolicy))
            faults.AddError("must be null or the name of a policy, but is blank.", nameof(options.FullDetailPolicy));

        if (options.CheckTimeout <= TimeSpan.Zero || options.CheckTimeout > Longest)
            faults.AddError($"must be above 0 and at most {Longest}, but is {options.CheckTimeout}.", nameof(options.CheckTimeout));

        if (options.CacheDuration < TimeSpan.Zero || options.CacheDuration > TimeSpan.FromHours(1))
            faults.AddError($"must be from 0 to an hour, but is {options.CacheDuration}.", nameof(options.CacheDuration));

        if (options.DrainDelay < TimeSpan.Zero || options.DrainDelay > Longest)
            faults.AddError($"must be from 0 to {Longest}, but is {options.DrainDelay}.", nameof(options.DrainDelay));

        return faults.Build();
    }
}
