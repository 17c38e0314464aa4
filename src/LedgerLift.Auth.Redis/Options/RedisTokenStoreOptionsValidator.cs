using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Redis;

/// <summary>Reports every fault of <see cref="RedisTokenStoreOptions"/> at once; never the configuration, which holds a password.</summary>
internal sealed class RedisTokenStoreOptionsValidator : IValidateOptions<RedisTokenStoreOptions>
{
    private const int MaxReplicas = 100;

    private static readonly TimeSpan MaxReplicaTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RedisTokenStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        result.CheckServer(options.Configuration, options.KeyPrefix, options.Database);
        if (options.MaxActiveTokensPerUser < 0)
            result.AddError(
                $"must be 0 (no limit) or more, but is {options.MaxActiveTokensPerUser}.",
                nameof(options.MaxActiveTokensPerUser)
            );
        if (options.LocalCacheEntries < 0)
            result.AddError($"must be 0 (no cache) or more, but is {options.LocalCacheEntries}.", nameof(options.LocalCacheEntries));
        if (options.RequiredReplicas is < 0 or > MaxReplicas)
            result.AddError($"must be from 0 to {MaxReplicas}, but is {options.RequiredReplicas}.", nameof(options.RequiredReplicas));
        if (options.ReplicaTimeout < TimeSpan.FromMilliseconds(1) || options.ReplicaTimeout > MaxReplicaTimeout)
            result.AddError(
                $"must be from 1 ms to {MaxReplicaTimeout:c}, but is {options.ReplicaTimeout:c}.",
                nameof(options.ReplicaTimeout)
            );
        var bound = options.Resilience?.AttemptTimeout ?? options.Resilience?.TotalTimeout;
        if (options.RequiredReplicas > 0 && options.ReplicaTimeout >= bound)
            result.AddError(
                $"must be less than the time of one attempt, {bound:c}, but is {options.ReplicaTimeout:c}.",
                nameof(options.ReplicaTimeout)
            );
        result.CheckResilience(RedisTokenStore.PolicyName, options.Resilience);
        return result.Build();
    }
}
