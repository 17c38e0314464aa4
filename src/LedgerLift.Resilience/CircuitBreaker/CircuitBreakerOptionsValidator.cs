using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Reports every fault of <see cref="CircuitBreakerOptions"/> at once, with the option's name and the value it had.</summary>
internal sealed class CircuitBreakerOptionsValidator : IValidateOptions<CircuitBreakerOptions>
{
    public ValidateOptionsResult Validate(string? name, CircuitBreakerOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddFaults(faults, options, string.Empty);
        return faults.Build();
    }

    /// <summary>Adds the faults with <paramref name="prefix"/> in front of each option's name.</summary>
    internal static void AddFaults(ValidateOptionsResultBuilder faults, CircuitBreakerOptions options, string prefix)
    {
        AddCountFaults(faults, options, prefix);
        AddTimeFaults(faults, options, prefix);
        if (!Enum.IsDefined(options.Mode))
        {
            Add(faults, prefix, nameof(options.Mode), $"must be Enforce or Shadow, but is {options.Mode:D}.");
        }
    }

    private static void AddCountFaults(ValidateOptionsResultBuilder faults, CircuitBreakerOptions options, string prefix)
    {
        if (options.FailureThreshold < 1)
        {
            Add(faults, prefix, nameof(options.FailureThreshold), $"must be at least 1, but is {options.FailureThreshold}.");
        }

        if (options.SuccessThreshold < 1)
        {
            Add(faults, prefix, nameof(options.SuccessThreshold), $"must be at least 1, but is {options.SuccessThreshold}.");
        }

        if (options.MaxConcurrentProbes < 1 || options.MaxConcurrentProbes > Math.Max(1, options.SuccessThreshold))
        {
            FormattableString problem =
                $"must be from 1 to SuccessThreshold ({options.SuccessThreshold}), but is {options.MaxConcurrentProbes}.";
            Add(faults, prefix, nameof(options.MaxConcurrentProbes), problem);
        }
    }

    private static void AddTimeFaults(ValidateOptionsResultBuilder faults, CircuitBreakerOptions options, string prefix)
    {
        if (options.RecoveryTimeout <= TimeSpan.Zero)
        {
            Add(faults, prefix, nameof(options.RecoveryTimeout), $"must be greater than zero, but is {options.RecoveryTimeout:c}.");
        }

        if (options.ProbeLease <= TimeSpan.Zero)
        {
            Add(faults, prefix, nameof(options.ProbeLease), $"must be null or greater than zero, but is {options.ProbeLease:c}.");
        }

        if (options.RecoveryMultiplier is not (>= 1 and < double.PositiveInfinity))
        {
            Add(faults, prefix, nameof(options.RecoveryMultiplier), $"must be finite and at least 1, but is {options.RecoveryMultiplier}.");
        }
        else if (options.RecoveryMultiplier > 1 && options.MaxRecoveryTimeout < options.RecoveryTimeout)
        {
            FormattableString problem =
                $"must be at least RecoveryTimeout ({options.RecoveryTimeout:c}), but is {options.MaxRecoveryTimeout:c}.";
            Add(faults, prefix, nameof(options.MaxRecoveryTimeout), problem);
        }
    }

    private static void Add(ValidateOptionsResultBuilder faults, string prefix, string option, FormattableString problem) =>
        faults.AddError($"{prefix}{option} {FormattableString.Invariant(problem)}");
}
