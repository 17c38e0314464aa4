using System.Globalization;
using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Reports every fault of <see cref="RetryOptions"/> at once, with the option's name and the value it had.</summary>
internal sealed class RetryOptionsValidator : IValidateOptions<RetryOptions>
{
    public ValidateOptionsResult Validate(string? name, RetryOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddFaults(faults, options, string.Empty);
        return faults.Build();
    }

    /// <summary>Adds the faults with <paramref name="prefix"/> in front of each option's name.</summary>
    internal static void AddFaults(ValidateOptionsResultBuilder faults, RetryOptions options, string prefix)
    {
        if (options.MaxRetries < 0)
            Add(faults, prefix, nameof(options.MaxRetries), $"must be at least 0, but is {options.MaxRetries}.");
        AddDelayFaults(faults, options, prefix);
        if (options.Multiplier is not (>= 1 and < double.PositiveInfinity))
            Add(faults, prefix, nameof(options.Multiplier), $"must be finite and at least 1, but is {options.Multiplier}.");
        if (options.Jitter is not (>= 0 and <= 1))
            Add(faults, prefix, nameof(options.Jitter), $"must be from 0 to 1, but is {options.Jitter}.");
        if (!Enum.IsDefined(options.JitterMode))
            Add(faults, prefix, nameof(options.JitterMode), $"must be Proportional, Full or None, but is {options.JitterMode:D}.");
    }

    private static void AddDelayFaults(ValidateOptionsResultBuilder faults, RetryOptions options, string prefix)
    {
        var longest = RetryOptions.LongestDelay;
        if (options.MaxDelay < TimeSpan.Zero || options.MaxDelay > longest)
            Add(faults, prefix, nameof(options.MaxDelay), $"must be from zero to {longest:c}, but is {options.MaxDelay:c}.");
        if (options.BaseDelay < TimeSpan.Zero || options.BaseDelay > options.MaxDelay)
            Add(
                faults,
                prefix,
                nameof(options.BaseDelay),
                $"must be from zero to MaxDelay ({options.MaxDelay:c}), but is {options.BaseDelay:c}."
            );
        if (options.MaxRetryAfter < TimeSpan.Zero || options.MaxRetryAfter > longest)
            Add(
                faults,
                prefix,
                nameof(options.MaxRetryAfter),
                $"must be null or from zero to {longest:c}, but is {options.MaxRetryAfter:c}."
            );
    }

    private static void Add(ValidateOptionsResultBuilder faults, string prefix, string option, FormattableString problem) =>
        faults.AddError($"{prefix}{option} {problem.ToString(CultureInfo.InvariantCulture)}");
}
