using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auth.Tests;

/// <summary>The first example of the README; also run against the packed package.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        #region readme-tokens
        var services = new ServiceCollection();
        services.AddLedgerLiftAuth();
        await using var provider = services.BuildServiceProvider();
        var tokens = provider.GetRequiredService<ITokenStore>();

        var jti = RandomNumberGenerator.GetHexString(32);
        await tokens.StoreAsync(jti, "user-1", TimeProvider.System.GetUtcNow().AddHours(1));

        var counts = await tokens.IsActiveAsync(jti, "user-1"); // true
        var ended = await tokens.RevokeAllForUserAsync("user-1"); // 1
        var countsStill = await tokens.IsActiveAsync(jti, "user-1"); // false
        #endregion

        if (!counts || ended != 1 || countsStill)
            throw new InvalidOperationException("The README promises something else.");
    }
}
