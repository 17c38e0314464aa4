using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Redis;

/// <summary>Reports every fault of <see cref="RedisReplayGuardOptions"/> at once; never the configuration, which holds a password.</summary>
internal sealed class RedisReplayGuardOptionsValidator : IValidateOptions<RedisReplayGuardOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisReplayGuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        result.CheckServer(options.Configuration, options.KeyPrefix, options.Database);
        result.CheckResilience(RedisReplayGuard.PolicyName, options.Resilience);
        return result.Build();
    }
}
