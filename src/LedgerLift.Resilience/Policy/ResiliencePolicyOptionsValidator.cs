using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Reports every fault of <see cref="ResiliencePolicyOptions"/> and of the options in it at once, with names and values.</summary>
internal sealed class ResiliencePolicyOptionsValidator : IValidateOptions<ResiliencePolicyOptions>
{
    internal static readonly ResiliencePolicyOptionsValidator Instance = new();

    // What a timer can be armed for is 49 days; past 24 a timeout is a typing error.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, ResiliencePolicyOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddNestedFaults(faults, options);
        AddTimeoutFaults(faults, options);
        if (options.MaxKeyedBreakers is not (>= 1 and <= 100_000))
        {
            faults.AddError($"{nameof(options.MaxKeyedBreakers)} must be from 1 to 100000, but is {options.MaxKeyedBreakers}.");
        }

        return faults.Build();
    }

    private static void AddNestedFaults(ValidateOptionsResultBuilder faults, ResiliencePolicyOptions options)
    {
        if (options.CircuitBreaker is { } breaker)
        {
            CircuitBreakerOptionsValidator.AddFaults(faults, breaker, $"{nameof(options.CircuitBreaker)}.");
        }

        if (options.Budget is { } budget)
        {
            RetryBudgetOptionsValidator.AddFaults(faults, budget, $"{nameof(options.Budget)}.");
        }

        if (options.Retry is { } retry)
        {
            RetryOptionsValidator.AddFaults(faults, retry, $"{nameof(options.Retry)}.");
        }
        else
        {
            faults.AddError(
                $"{nameof(options.Retry)} must be given; for no retries set {nameof(options.Retry)}.{nameof(RetryOptions.MaxRetries)} to 0."
            );
        }
    }

    private static void AddTimeoutFaults(ValidateOptionsResultBuilder faults, ResiliencePolicyOptions options)
    {
        AddRangeFault(faults, nameof(options.AttemptTimeout), options.AttemptTimeout);
        AddRangeFault(faults, nameof(options.TotalTimeout), options.TotalTimeout);
        if (options.AttemptTimeout > options.TotalTimeout)
        {
            faults.AddError(
                $"{nameof(options.AttemptTimeout)} ({options.AttemptTimeout:c}) must be at most {nameof(options.TotalTimeout)} ({options.TotalTimeout:c})."
            );
        }

        // A probe that may still answer must not lose its place: its answer would be thrown away.
        if (options.CircuitBreaker is { ProbeLease: { } lease } && options.AttemptTimeout > lease)
        {
            faults.AddError(
                $"{nameof(options.CircuitBreaker)}.{nameof(CircuitBreakerOptions.ProbeLease)} ({lease:c}) must be at least "
                    + $"{nameof(options.AttemptTimeout)} ({options.AttemptTimeout:c})."
            );
        }
    }

    private static void AddRangeFault(ValidateOptionsResultBuilder faults, string option, TimeSpan? timeout)
    {
        if (timeout <= TimeSpan.Zero || timeout > LongestTimeout)
        {
            faults.AddError($"{option} must be null, or greater than zero and at most {LongestTimeout:c}, but is {timeout:c}.");
        }
    }
}
