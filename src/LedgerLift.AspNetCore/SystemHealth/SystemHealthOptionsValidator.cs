using System.Globalization;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Reports every fault of <see cref="SystemHealthOptions"/>.</summary>
internal sealed class SystemHealthOptionsValidator : IValidateOptions<SystemHealthOptions>
{
    public ValidateOptionsResult Validate(string? name, SystemHealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        Check(faults, options.CpuWarning, nameof(options.CpuWarning));
        Check(faults, options.MemoryWarning, nameof(options.MemoryWarning));
        Check(faults, options.MemoryLimit, nameof(options.MemoryLimit));
        Check(faults, options.DiskWarning, nameof(options.DiskWarning));
        Check(faults, options.DiskLimit, nameof(options.DiskLimit));
        CheckOrder(faults, options.MemoryWarning, options.MemoryLimit, nameof(options.MemoryLimit), nameof(options.MemoryWarning));
        CheckOrder(faults, options.DiskWarning, options.DiskLimit, nameof(options.DiskLimit), nameof(options.DiskWarning));
        if (options.DiskPath is not null && string.IsNullOrWhiteSpace(options.DiskPath))
            faults.AddError("must be null or a folder, but is blank.", nameof(options.DiskPath));

        if (options.CacheDuration < TimeSpan.Zero || options.CacheDuration > TimeSpan.FromHours(1))
            faults.AddError($"must be from 0 to an hour, but is {options.CacheDuration}.", nameof(options.CacheDuration));

        return faults.Build();
    }

    private static void Check(ValidateOptionsResultBuilder faults, double share, string property)
    {
        if (share is not (> 0 and <= 1))
            faults.AddError(string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most 1, but is {share}."), property);
    }

    private static void CheckOrder(ValidateOptionsResultBuilder faults, double warning, double limit, string property, string before)
    {
        if (limit < warning)
            faults.AddError(
                string.Create(CultureInfo.InvariantCulture, $"must not be below {before} ({warning}), but is {limit}."),
                property
            );
    }
}
