using LedgerLift.Resilience;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Redis;

/// <summary>The checks that the options of store and guard share.</summary>
internal static class RedisOptionChecks
{
    internal static void CheckServer(this ValidateOptionsResultBuilder result, string? configuration, string? keyPrefix, int database)
    {
        if (configuration is not null && !RedisConfiguration.TryParse(configuration, out _, out var fault))
            result.AddError(fault, "Configuration");
        if (!RedisKeyPrefix.IsValid(keyPrefix))
            result.AddError(RedisKeyPrefix.Fault(keyPrefix), "KeyPrefix");
        if (database < -1)
            result.AddError($"must be 0 or more, or -1 for the connection's own, but is {database}.", "Database");
    }

    /// <summary>Without a total timeout a call could wait for ever, and that is the one thing a token check must not do.</summary>
    internal static void CheckResilience(this ValidateOptionsResultBuilder result, string policyName, ResiliencePolicyOptions? policy)
    {
        const string Option = "Resilience";
        if (policy is null)
        {
            result.AddError("must not be null.", Option);
            return;
        }

        if (policy.TotalTimeout is null)
            result.AddError("must not be null: every call is bounded.", $"{Option}.{nameof(policy.TotalTimeout)}");
        try
        {
            _ = new ResilienceExecutor(policyName, policy);
        }
        catch (ArgumentException exception)
        {
            result.AddError(exception.Message, Option);
        }
    }
}
