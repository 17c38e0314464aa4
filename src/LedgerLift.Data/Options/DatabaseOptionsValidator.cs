using System.Globalization;
using LedgerLift.Resilience;
using Microsoft.Extensions.Options;

namespace LedgerLift.Data;

/// <summary>Reports every fault of <see cref="DatabaseOptions"/> at once, with the option's name and its value; of the connection string never a value.</summary>
internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    /// <summary>What one Npgsql pool can hold.</summary>
    internal const int LargestPool = 1024;

    private const int LongestName = 63;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (ConnectionText.Parse(options.ConnectionString).Fault is { } fault)
            faults.AddError($"{nameof(options.ConnectionString)} {fault}");
        if (
            options.Name is not { Length: >= 1 and <= LongestName } text
            || text.Any(character => character is < ' ' or > '~')
            || text[0] == ' '
            || text[^1] == ' '
        )
            faults.AddError($"{nameof(options.Name)} must be 1 to {LongestName} printable ASCII characters without spaces around them.");
        AddModeFaults(faults, options);
        AddPoolFaults(faults, options);
        AddTimeFaults(faults, options);
        AddServerTimeFaults(faults, options);
        AddRetryFaults(faults, options.Retry);
        return faults.Build();
    }

    private static void AddModeFaults(ValidateOptionsResultBuilder faults, DatabaseOptions options)
    {
        if (!Enum.IsDefined(options.Mode))
            Add(faults, nameof(options.Mode), $"must be Pooled, Serverless or PgBouncer, but is {options.Mode:D}.");
        if (!Enum.IsDefined(options.PrePing))
            Add(faults, nameof(options.PrePing), $"must be Adaptive, Always or Never, but is {options.PrePing:D}.");
        if (!Enum.IsDefined(options.CommitSafety))
            Add(faults, nameof(options.CommitSafety), $"must be None, Probe or Verified, but is {options.CommitSafety:D}.");
        if (options is { SlowQueryPlans: true, Mode: PoolingMode.PgBouncer })
            Add(faults, nameof(options.SlowQueryPlans), $"is true, and Mode is PgBouncer, where no statement can be prepared.");
    }

    private static void AddPoolFaults(ValidateOptionsResultBuilder faults, DatabaseOptions options)
    {
        if (options.PoolSize < 1)
            Add(faults, nameof(options.PoolSize), $"must be at least 1, but is {options.PoolSize}.");
        if (options.MaxOverflow < 0)
            Add(faults, nameof(options.MaxOverflow), $"must be at least 0, but is {options.MaxOverflow}.");
        if (options is { PoolSize: >= 1, MaxOverflow: >= 0 } && (long)options.PoolSize + options.MaxOverflow > LargestPool)
            Add(
                faults,
                nameof(options.PoolSize),
                $"({options.PoolSize}) and MaxOverflow ({options.MaxOverflow}) must together be at most {LargestPool}."
            );
        if (options.PoolUtilizationWarning is not (> 0 and <= 1))
            Add(faults, nameof(options.PoolUtilizationWarning), $"must be over 0, to 1, but is {options.PoolUtilizationWarning}.");
    }

    private static void AddTimeFaults(ValidateOptionsResultBuilder faults, DatabaseOptions options)
    {
        AddRange(faults, nameof(options.PoolTimeout), options.PoolTimeout, TimeSpan.Zero, Hour);
        if (options.PoolRecycle != TimeSpan.Zero)
            AddRange(faults, nameof(options.PoolRecycle), options.PoolRecycle, Second, TimeSpan.FromDays(7));
        AddRange(faults, nameof(options.ConnectTimeout), options.ConnectTimeout, Second, TimeSpan.FromSeconds(1024));
        AddRange(faults, nameof(options.CommandTimeout), options.CommandTimeout, Second, Day);
        AddRange(faults, nameof(options.CommitTimeout), options.CommitTimeout, Second, Hour);
        AddRange(faults, nameof(options.SlowQueryThreshold), options.SlowQueryThreshold, TimeSpan.Zero, Day);
        AddRange(faults, nameof(options.LeakThreshold), options.LeakThreshold, TimeSpan.FromTicks(1), Day);
        AddRange(faults, nameof(options.HealthCacheDuration), options.HealthCacheDuration, TimeSpan.Zero, Hour);
    }

    private static void AddServerTimeFaults(ValidateOptionsResultBuilder faults, DatabaseOptions options)
    {
        var shortest = TimeSpan.FromMilliseconds(1);
        if (options.StatementTimeout is { } statement)
            AddRange(faults, nameof(options.StatementTimeout), statement, shortest, Day);
        if (options.LockTimeout is { } wait)
            AddRange(faults, nameof(options.LockTimeout), wait, shortest, Day);
    }

    private static void AddRetryFaults(ValidateOptionsResultBuilder faults, RetryOptions? retry)
    {
        if (retry is null)
        {
            faults.AddError($"{nameof(DatabaseOptions.Retry)} must not be null.");
            return;
        }

        try
        {
            _ = JitteredBackoff.GetDelay(retry, 0, 0);
        }
        catch (ArgumentException refused)
        {
            // The rules of retry options are the resilience package's; its message lists every fault.
            faults.AddError($"{nameof(DatabaseOptions.Retry)}: {refused.Message}");
        }
    }

    private static void AddRange(ValidateOptionsResultBuilder faults, string option, TimeSpan value, TimeSpan from, TimeSpan to)
    {
        if (value < from || value > to)
            Add(faults, option, $"must be from {from:c} to {to:c}, but is {value:c}.");
    }

    private static void Add(ValidateOptionsResultBuilder faults, string option, FormattableString problem) =>
        faults.AddError($"{option} {problem.ToString(CultureInfo.InvariantCulture)}");
}
