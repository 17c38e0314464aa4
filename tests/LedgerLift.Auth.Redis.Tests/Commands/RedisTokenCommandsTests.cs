using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RedisTokenCommandsTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    // The second caller's answer may be lost; when it asks again, the claim must not look like its own.
    [Fact]
    public async Task Who_claims_a_token_first_has_the_claim_for_ever()
    {
        var commands = new RedisTokenCommands(new RedisTokenKeys(redis.KeyPrefix + "claim"), maxPerUser: 0, TimeSpan.FromMinutes(1));
        var (first, second) = (TokenHash.Of("first"), TokenHash.Of("second"));
        var now = TimeProvider.System.GetUtcNow();
        var replaced = new TokenRecord("one", "user-1", now, now.AddHours(1), "one", "nonce");

        Assert.Null(await commands.ClaimAsync(redis.Database, replaced, first, CancellationToken.None));
        Assert.Equal(first, await commands.ClaimAsync(redis.Database, replaced, second, CancellationToken.None));

        Assert.Equal(first, await commands.ReadSuccessorAsync(redis.Database, "user-1", TokenHash.Of("one"), CancellationToken.None));
    }
}
