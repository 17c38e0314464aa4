using System.Globalization;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Reports every fault at once, with the option's name and its value; of connection strings never a value.</summary>
internal sealed class PostgresAuditingOptionsValidator : IValidateOptions<PostgresAuditingOptions>
{
    private const int LongestName = 63;
    private const int LongestText = 200;
    private const long Mebibyte = 1L << 20;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, PostgresAuditingOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddConnectionFaults(faults, options);
        AddNameFaults(faults, options);
        AddKeyFaults(faults, options);
        AddRange(faults, nameof(options.PoolSize), options.PoolSize, 2, 100);
        AddRange(faults, nameof(options.MonthsAhead), options.MonthsAhead, 1, 24);
        AddRange(faults, nameof(options.QueueCapacity), options.QueueCapacity, 1, 1_000_000);
        AddRange(faults, nameof(options.BatchSize), options.BatchSize, 1, 10_000);
        AddRange(faults, nameof(options.SpillLimitBytes), options.SpillLimitBytes, Mebibyte, Mebibyte << 20);
        AddRange(faults, nameof(options.SealBatchSize), options.SealBatchSize, 1, 100_000);
        AddTimeFaults(faults, options);
        return faults.Build();
    }

    private static void AddConnectionFaults(ValidateOptionsResultBuilder faults, PostgresAuditingOptions options)
    {
        if (ConnectionText.FaultOf(options.ConnectionString) is { } fault)
            faults.AddError($"{nameof(options.ConnectionString)} {fault}");
        if (options.MaintenanceConnectionString is { } text && ConnectionText.FaultOf(text) is { } other)
            faults.AddError($"{nameof(options.MaintenanceConnectionString)} {other}");
    }

    private static void AddNameFaults(ValidateOptionsResultBuilder faults, PostgresAuditingOptions options)
    {
        if (!SqlIdentifier.IsPlain(options.Schema))
            Add(
                faults,
                nameof(options.Schema),
                $"must be a lower-case identifier of 1 to {LongestName} characters, but is '{options.Schema}'."
            );
        if (options.ApplicationRole is { } role && !SqlIdentifier.IsPlain(role))
            Add(
                faults,
                nameof(options.ApplicationRole),
                $"must be a lower-case identifier of 1 to {LongestName} characters, but is '{role}'."
            );
        if (
            options.Name is not { Length: >= 1 and <= LongestName } text
            || text.Any(character => character is < ' ' or > '~')
            || text[0] == ' '
            || text[^1] == ' '
        )
            faults.AddError($"{nameof(options.Name)} must be 1 to {LongestName} printable ASCII characters without spaces around them.");
        if (options.SpillDirectory is { } folder && string.IsNullOrWhiteSpace(folder))
            faults.AddError($"{nameof(options.SpillDirectory)} must be a folder, or null for none, but is blank.");
    }

    private static void AddKeyFaults(ValidateOptionsResultBuilder faults, PostgresAuditingOptions options)
    {
        AddText(faults, nameof(options.Origin), options.Origin);
        AddText(faults, nameof(options.SigningKeyId), options.SigningKeyId);
        if (options.SigningKey is null && options.SealInterval is not null)
            faults.AddError($"{nameof(options.SigningKey)} must be given, or {nameof(options.SealInterval)} must be null.");
        else if (options.SigningKey is { } key && KeyText.FaultOf(key, mustSign: true) is { } fault)
            faults.AddError($"{nameof(options.SigningKey)} {fault}");
        foreach (var (id, text) in options.VerificationKeys)
        {
            AddText(faults, nameof(options.VerificationKeys), id);
            if (KeyText.FaultOf(text, mustSign: false) is { } other)
                faults.AddError($"{nameof(options.VerificationKeys)}[{id}] {other}");
        }
    }

    private static void AddText(ValidateOptionsResultBuilder faults, string option, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestText)
            faults.AddError($"{option} must be 1 to {LongestText} characters, not blank.");
    }

    private static void AddTimeFaults(ValidateOptionsResultBuilder faults, PostgresAuditingOptions options)
    {
        AddRange(faults, nameof(options.CommandTimeout), options.CommandTimeout, Second, Hour);
        AddRange(faults, nameof(options.WriteTimeout), options.WriteTimeout, TimeSpan.FromMilliseconds(100), TenMinutes);
        AddRange(faults, nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(10), TenMinutes);
        AddRange(faults, nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, Hour);
        AddRange(faults, nameof(options.SealLagLimit), options.SealLagLimit, Second, TimeSpan.FromDays(7));
        if (options.SealInterval is { } interval)
            AddRange(faults, nameof(options.SealInterval), interval, TimeSpan.FromMilliseconds(100), Day);
        if (options.Retention is { } retention)
            AddRange(faults, nameof(options.Retention), retention, Day, TimeSpan.FromDays(36_500));
    }

    private static void AddRange(ValidateOptionsResultBuilder faults, string option, long value, long from, long to)
    {
        if (value < from || value > to)
            Add(faults, option, $"must be from {from} to {to}, but is {value}.");
    }

    private static void AddRange(ValidateOptionsResultBuilder faults, string option, TimeSpan value, TimeSpan from, TimeSpan to)
    {
        if (value < from || value > to)
            Add(faults, option, $"must be from {from:c} to {to:c}, but is {value:c}.");
    }

    private static void Add(ValidateOptionsResultBuilder faults, string option, FormattableString problem) =>
        faults.AddError($"{option} {problem.ToString(CultureInfo.InvariantCulture)}");
}
