using LedgerLift.Auth.Redis;
using LedgerLift.Data;
using LedgerLift.Storage;
using LedgerLift.Testing;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>Each component's real server is killed while the host runs, and started again.</summary>
[Collection(nameof(Alone))]
public sealed class ServerLossTests(PostgresFixture postgres, RedisFixture redis, KeptBucketFixture s3)
    : IClassFixture<PostgresFixture>,
        IClassFixture<RedisFixture>,
        IClassFixture<KeptBucketFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("database", "postgres")]
    [InlineData("redis", "redis")]
    [InlineData("s3", "s3")]
    public async Task A_server_that_stops_is_unhealthy_turns_readiness_off_and_recovers(string component, string server)
    {
        var servers = OwnedServers.Require();
        await using var host = await StartAsync();
        await Poll.UntilAsync(async () => (await HealthAnswer.AskAsync(host.Client, "/readiness")).Http == 200, Patience);

        await servers.KillAsync(server);
        try
        {
            await Poll.UntilAsync(async () => (await HealthAnswer.AskAsync(host.Client, $"/health/{component}")).Http == 503, Patience);
            var all = await HealthAnswer.AskAsync(host.Client, "/health");
            var ready = await HealthAnswer.AskAsync(host.Client, "/readiness");
            var live = await HealthAnswer.AskAsync(host.Client, "/liveness");

            Assert.Equal((503, "unhealthy", "unhealthy"), (all.Http, all.Status, all.StatusOf(component)));
            // Neither is how busy its processors are; there is no more than all of them.
            var issue = Assert.Single(
                all.Issues,
                static issue => !issue.StartsWith("system is degraded: processors", StringComparison.Ordinal)
            );
            Assert.StartsWith($"{component} is unhealthy", issue, StringComparison.Ordinal);
            Assert.Equal((503, 200), (ready.Http, live.Http));
            Assert.All(
                new[] { "database", "redis", "s3" }.Where(each => each != component),
                other => Assert.Equal("healthy", all.StatusOf(other))
            );
            Assert.DoesNotContain("127.0.0.1", all.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("ledgerlift", all.Text, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            await servers.StartAsync(server);
        }

        await Poll.UntilAsync(async () => (await HealthAnswer.AskAsync(host.Client, $"/health/{component}")).Http == 200, Patience);
        await Poll.UntilAsync(async () => (await HealthAnswer.AskAsync(host.Client, "/readiness")).Http == 200, Patience);
    }

    private Task<WebHost> StartAsync() =>
        WebHost.StartAsync(
            static app => app.MapLedgerLiftHealth(),
            builder =>
                builder
                    .Services.AddLedgerLiftAspNetCore(static options =>
                    {
                        options.Health.Detail = HealthDetail.Full;
                        options.Health.CacheDuration = TimeSpan.Zero;
                        // The disk of the machine that runs the tests is nobody's business here.
                        (options.System.DiskWarning, options.System.DiskLimit) = (1, 1);
                        (options.System.MemoryWarning, options.System.MemoryLimit, options.System.CpuWarning) = (1, 1, 1);
                    })
                    .AddLedgerLiftData(options =>
                    {
                        options.ConnectionString = postgres.ConnectionString;
                        options.HealthCacheDuration = TimeSpan.Zero;
                    })
                    .AddLedgerLiftRedisTokenStore(options => options.Configuration = redis.Options().ToString())
                    .AddLedgerLiftStorage(options =>
                    {
                        options.Provider = ObjectStoreProvider.S3Compatible;
                        options.ServiceUrl = s3.Endpoint.ToString();
                        (options.Bucket, options.Region) = (s3.Bucket, s3.Region);
                        (options.AccessKey, options.SecretKey) = (s3.AccessKey, s3.SecretKey);
                        // The circuit that opens meanwhile stays open for as long; a minute by default.
                        options.Resilience.CircuitBreaker!.RecoveryTimeout = TimeSpan.FromSeconds(2);
                        options.HealthCacheDuration = TimeSpan.Zero;
                    })
        );
}
