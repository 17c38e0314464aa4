using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class RegistrationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Registered_twice_and_beside_the_one_in_memory_the_trail_on_PostgreSQL_is_the_logger()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLedgerLiftAuditing();
        services.AddLedgerLiftPostgresAuditing(options => options.ConnectionString = "Host=h");
        services.AddLedgerLiftPostgresAuditing(options => options.SigningKey = TestTrail.Key);
        services.AddLedgerLiftAuditing();
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<PostgresAuditLogger>(provider.GetRequiredService<IAuditLogger>());
        Assert.Same(provider.GetRequiredService<PostgresAuditTrail>(), provider.GetRequiredService<IAuditVerifier>());
        Assert.Single(provider.GetServices<IAuditLogger>());
        Assert.Single(provider.GetServices<IHostedService>(), service => service is TrailService);
        var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, health.Entries["audit"].Status);
    }

    [Fact]
    public async Task Options_come_from_configuration_and_faults_stop_the_host()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["ConnectionString"] = "Host=h",
                    ["PoolSize"] = "7",
                    ["VerificationKeys:old"] = TestTrail.Key,
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLedgerLiftPostgresAuditing(section);
        await using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IOptions<PostgresAuditingOptions>>().Value
        );

        Assert.Contains("SigningKey", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PoolSize", failure.Message, StringComparison.Ordinal);
        services.Configure<PostgresAuditingOptions>(options => options.SealInterval = null);
        await using var other = services.BuildServiceProvider();
        var options = other.GetRequiredService<IOptions<PostgresAuditingOptions>>().Value;
        Assert.Equal((7, TestTrail.Key), (options.PoolSize, options.VerificationKeys["old"]));
    }

    [Fact]
    public async Task The_host_seals_and_anchors_and_replays_and_drains()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var anchor = new ListAnchor();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLedgerLiftPostgresAuditing(options =>
        {
            (options.ConnectionString, options.Schema, options.SigningKey) = (postgres.ConnectionString, trail.Schema, TestTrail.Key);
            options.SealInterval = TimeSpan.FromMilliseconds(100);
        });
        builder.Services.AddSingleton<IAuditAnchorSink>(anchor);
        builder.Services.AddSingleton<IAuditAnchorSource>(anchor);
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.Services.GetRequiredService<IAuditLogger>().LogActionAsync(TestTrail.Action(1));
            await Poll.UntilAsync(() => anchor.Checkpoints.Count > 0, Long);
            Assert.True((await host.Services.GetRequiredService<IAuditVerifier>().VerifyAsync()).Clean);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(await trail.ReadAllAsync());
    }

    [Fact]
    public async Task Health_tells_an_outage_a_loss_and_an_altered_trail_apart()
    {
        using var folder = new TemporaryFolder();
        await using var proxy = postgres.StartProxy();
        var auditing = new AuditingOptions
        {
            Rules =
            {
                new AuditPolicyRule { Action = "lost", OnFailure = AuditFailureMode.ContinueAndSignal },
                new AuditPolicyRule { Delivery = AuditDelivery.DurableAsync },
            },
        };
        await using var trail = await TestTrail.CreateAsync(
            postgres,
            options => (options.ConnectionString, options.SpillDirectory) = (postgres.Through(proxy), folder.Path),
            auditing
        );
        var status = new TrailStatus(trail.Options, trail.Logger, trail.Trail);
        Assert.Equal(AuditState.Healthy, status.GetStatus().State);

        proxy.RefuseConnections();
        proxy.CutAll();
        await trail.Logger.LogActionAsync(TestTrail.Action(1));
        Assert.Equal(AuditState.Degraded, status.GetStatus().State);
        Assert.True(status.GetStatus().Figures["spillBytes"] > 0);
        await trail.Logger.LogActionAsync(TestTrail.Action(2, "lost"));
        Assert.Equal(AuditState.Unhealthy, status.GetStatus().State);
        Assert.Equal(1, status.GetStatus().Figures["dropped"]);

        proxy.AcceptConnections();
        await Poll.UntilAsync(() => !trail.Logger.Deliveries.IsOutage, Long);
        await using var fresh = new PostgresAuditLogger(trail.Options);
        var other = new TrailStatus(trail.Options, fresh, trail.Trail);
        await trail.SealAsync(1);
        Assert.Equal(AuditState.Healthy, other.GetStatus().State);
        await trail.ForceAsync("DELETE FROM {s}.audit_batches");
        await Assert.ThrowsAsync<AuditException>(() => trail.Trail.SealAsync());
        Assert.Equal(AuditState.Unhealthy, other.GetStatus().State);
    }
}
