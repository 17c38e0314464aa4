using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The first example of the README; also run against the packed package.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        #region readme-redis
        var services = new ServiceCollection();
        services.AddLedgerLiftRedisTokenStore(options => options.Configuration = "redis://localhost:6379");
        await using var provider = services.BuildServiceProvider();
        var tokens = provider.GetRequiredService<ITokenStore>();
        #endregion

        if (tokens is not RedisTokenStore || provider.GetService<ITokenFamilies>() != tokens)
            throw new InvalidOperationException("The README promises something else.");
    }
}
