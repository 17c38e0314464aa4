using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class KilledClientTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task A_client_killed_amid_its_work_leaves_no_key_without_an_expiry()
    {
        for (var round = 0; round < 4; round++)
        {
            var prefix = $"{redis.KeyPrefix}kill{round}";
            using (var load = new LoadProcess(redis.Options().ToString(), prefix))
            {
                await load.WaitForScoresAsync(5 + (3 * round));
                await load.KillAsync();
            }

            await KeyExpiry.AssertAllAsync(redis.Database, await RedisKeys.OfAsync([redis.Server], prefix));
        }
    }
}
