using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Reports every fault of <see cref="LedgerLiftAspNetCoreOptions"/> and of the options inside.</summary>
internal sealed class LedgerLiftAspNetCoreOptionsValidator : IValidateOptions<LedgerLiftAspNetCoreOptions>
{
    private static readonly LedgerLiftHealthOptionsValidator HealthRules = new();
    private static readonly SystemHealthOptionsValidator SystemRules = new();

    public ValidateOptionsResult Validate(string? name, LedgerLiftAspNetCoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        if (options.RetryAfter <= TimeSpan.Zero || options.RetryAfter > TimeSpan.FromDays(1))
            faults.AddError($"must be above 0 and at most a day, but is {options.RetryAfter}.", nameof(options.RetryAfter));

        foreach (var (status, code) in options.StatusCodes)
        {
            if (status is not (>= 400 and <= 599) || string.IsNullOrWhiteSpace(code))
                faults.AddError($"must give codes to statuses from 400 to 599, but has {status}: '{code}'.", nameof(options.StatusCodes));
        }

        if (options.Failures.Contains(null!))
            faults.AddError("must not hold null.", nameof(options.Failures));

        AddInner(faults, options.Health, HealthRules, nameof(options.Health));
        AddInner(faults, options.System, SystemRules, nameof(options.System));
        return faults.Build();
    }

    private static void AddInner<TOptions>(
        ValidateOptionsResultBuilder faults,
        TOptions? inner,
        IValidateOptions<TOptions> rules,
        string property
    )
        where TOptions : class
    {
        if (inner is null)
            faults.AddError("must not be null.", property);
        else if (rules.Validate(Options.DefaultName, inner) is { Failed: true } result)
            faults.AddError(result.FailureMessage, property);
    }
}
