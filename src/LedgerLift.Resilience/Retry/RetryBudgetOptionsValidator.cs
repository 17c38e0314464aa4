using System.Globalization;
using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Reports every fault of <see cref="RetryBudgetOptions"/> at once, with the option's name and the value it had.</summary>
internal sealed class RetryBudgetOptionsValidator : IValidateOptions<RetryBudgetOptions>
{
    private const double SmallestRatio = 0.0001;
    private const int MostPerSecond = 100_000;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, RetryBudgetOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddFaults(faults, options, string.Empty);
        return faults.Build();
    }

    /// <summary>Adds the faults with <paramref name="prefix"/> in front of each option's name.</summary>
    internal static void AddFaults(ValidateOptionsResultBuilder faults, RetryBudgetOptions options, string prefix)
    {
        if (options.Ratio is not (0 or (>= SmallestRatio and <= 1)))
            Add(faults, prefix, nameof(options.Ratio), $"must be 0, or from {SmallestRatio} to 1, but is {options.Ratio}.");

        var rateFits = options.MinRetriesPerSecond is >= 0 and <= MostPerSecond;
        if (!rateFits)
            Add(
                faults,
                prefix,
                nameof(options.MinRetriesPerSecond),
                $"must be from 0 to {MostPerSecond}, but is {options.MinRetriesPerSecond}."
            );

        var windowFits = options.Window >= ShortestWindow && options.Window <= LongestWindow;
        if (!windowFits)
            Add(
                faults,
                prefix,
                nameof(options.Window),
                $"must be from {ShortestWindow:c} to {LongestWindow:c}, but is {options.Window:c}."
            );

        // The product says nothing more about a factor that is wrong by itself.
        if (rateFits && windowFits)
            AddReserveFault(faults, options, prefix);
    }

    private static void AddReserveFault(ValidateOptionsResultBuilder faults, RetryBudgetOptions options, string prefix)
    {
        var reserve = (decimal)options.MinRetriesPerSecond * options.Window.Ticks / TimeSpan.TicksPerSecond;
        if (reserve is not (0 or (>= 1 and <= RetryBudgetRules.LargestCapacity)))
        {
            Add(
                faults,
                prefix,
                nameof(options.MinRetriesPerSecond),
                $"({options.MinRetriesPerSecond}) times Window ({options.Window:c}) must be 0, or from 1 to {RetryBudgetRules.LargestCapacity}, but is {reserve}."
            );
        }
    }

    private static void Add(ValidateOptionsResultBuilder faults, string prefix, string option, FormattableString problem) =>
        faults.AddError($"{prefix}{option} {problem.ToString(CultureInfo.InvariantCulture)}");
}
