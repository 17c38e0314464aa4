using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>The audit trail's server is killed while the host runs: entries go on to disk, so the component is degraded and the host stays ready.</summary>
[Collection(nameof(Alone))]
public sealed class AuditServerLossTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly AuditAction Upload = new("document.upload", "document");

    [Fact]
    public async Task A_trail_whose_server_stops_is_degraded_keeps_the_host_ready_and_recovers_with_every_entry()
    {
        var servers = OwnedServers.Require();
        using var spill = new TemporaryFolder();
        await using var host = await StartAsync(spill.Path);
        var trail = host.App.Services.GetRequiredService<PostgresAuditTrail>();
        var logger = host.App.Services.GetRequiredService<IAuditLogger>();
        await trail.EnsureSchemaAsync();
        await logger.LogActionAsync(Upload);
        await Poll.UntilAsync(async () => (await AuditAsync(host)).Status == "healthy", Patience);

        await servers.KillAsync("postgres");
        try
        {
            await logger.LogActionAsync(Upload);
            var ill = await AuditAsync(host);
            var ready = await HealthAnswer.AskAsync(host.Client, "/readiness");

            Assert.Equal((200, "degraded"), (ill.Http, ill.Status));
            Assert.StartsWith(
                "audit is degraded: The audit database cannot be written to",
                Assert.Single(ill.Issues),
                StringComparison.Ordinal
            );
            Assert.Equal(200, ready.Http);
            Assert.DoesNotContain("127.0.0.1", ill.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(spill.Path, ill.Text, StringComparison.Ordinal);
        }
        finally
        {
            await servers.StartAsync("postgres");
        }

        await Poll.UntilAsync(async () => (await AuditAsync(host)).Status == "healthy", Patience);
        Assert.Equal(2, (await logger.QueryAsync(new AuditFilters())).Entries.Count);
    }

    private static Task<HealthAnswer> AuditAsync(WebHost host) => HealthAnswer.AskAsync(host.Client, "/health/audit");

    private Task<WebHost> StartAsync(string spillFolder) =>
        WebHost.StartAsync(
            static app => app.MapLedgerLiftHealth(),
            builder =>
                builder
                    .Services.AddLedgerLiftAspNetCore(static options =>
                        (options.Health.Detail, options.Health.CacheDuration) = (HealthDetail.Full, TimeSpan.Zero)
                    )
                    .AddLedgerLiftAuditing(static options =>
                        options.Rules.Add(new AuditPolicyRule { Delivery = AuditDelivery.DurableAsync })
                    )
                    .AddLedgerLiftPostgresAuditing(options =>
                    {
                        options.ConnectionString = postgres.ConnectionString;
                        options.Schema = $"audit_{Guid.NewGuid():N}";
                        (options.SpillDirectory, options.SealInterval) = (spillFolder, null);
                        (options.WriteTimeout, options.RetryDelay) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50));
                    })
        );
}
