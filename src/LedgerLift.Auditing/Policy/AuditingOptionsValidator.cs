using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing;

/// <summary>Reports every fault of <see cref="AuditingOptions"/> at once.</summary>
internal sealed class AuditingOptionsValidator : IValidateOptions<AuditingOptions>
{
    private const int MaxDetailsBytes = 16 << 20;

    public ValidateOptionsResult Validate(string? name, AuditingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (options.MaxDetailsBytes is < 1 or > MaxDetailsBytes)
            result.AddError($"must be 1 to {MaxDetailsBytes}, but is {options.MaxDetailsBytes}.", nameof(options.MaxDetailsBytes));
        for (var i = 0; i < options.Rules.Count; i++)
            Validate(result, options.Rules[i], $"{nameof(options.Rules)}[{i}]");
        return result.Build();
    }

    private static void Validate(ValidateOptionsResultBuilder result, AuditPolicyRule? rule, string name)
    {
        if (rule is null)
        {
            result.AddError("must not be null.", name);
            return;
        }

        if (string.IsNullOrWhiteSpace(rule.Action))
            result.AddError($"must not be empty (all actions: *), but is '{rule.Action}'.", $"{name}.{nameof(rule.Action)}");
        if (string.IsNullOrWhiteSpace(rule.ResourceType))
            result.AddError($"must not be empty (all kinds: *), but is '{rule.ResourceType}'.", $"{name}.{nameof(rule.ResourceType)}");
        if (!Enum.IsDefined(rule.Level))
            result.AddError($"must be None, Metadata or Full, but is {rule.Level}.", $"{name}.{nameof(rule.Level)}");
        if (!Enum.IsDefined(rule.OnFailure))
            result.AddError($"must be FailOperation or ContinueAndSignal, but is {rule.OnFailure}.", $"{name}.{nameof(rule.OnFailure)}");
        if (!Enum.IsDefined(rule.Delivery))
            result.AddError($"must be Committed, DurableAsync or BestEffort, but is {rule.Delivery}.", $"{name}.{nameof(rule.Delivery)}");
    }
}
