using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditingServiceCollectionExtensionsTests
{
    [Fact]
    public async Task One_logger_serves_all_and_a_second_call_changes_nothing()
    {
        var clock = new ManualTimeProvider();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        services.AddLedgerLiftAuditing(options => options.RequestId = () => "r1").AddLedgerLiftAuditing();
        await using var provider = services.BuildServiceProvider();

        var logger = provider.GetRequiredService<IAuditLogger>();
        var entry = await logger.LogActionAsync(new AuditAction("a", "b"));

        Assert.Same(provider.GetRequiredService<InMemoryAuditLogger>(), logger);
        Assert.Same(logger, provider.GetRequiredService<IAuditStatusSource>());
        Assert.Equal(("r1", clock.GetUtcNow()), (entry.RequestId, entry.Timestamp));
        Assert.Equal(provider.GetServices<IAuditLogger>(), [logger]);
    }

    [Fact]
    public async Task The_health_check_audit_says_how_the_trail_is()
    {
        var services = new ServiceCollection().AddLogging().AddLedgerLiftAuditing().AddLedgerLiftAuditing();
        services.Configure<InMemoryAuditOptions>(options => options.MaxEntries = 2);
        await using var provider = services.BuildServiceProvider();
        for (var i = 0; i < 3; i++)
            await provider.GetRequiredService<IAuditLogger>().LogActionAsync(new AuditAction("a", "b"));

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        var audit = Assert.Single(report.Entries);
        Assert.Equal(("audit", HealthStatus.Healthy), (audit.Key, audit.Value.Status));
        Assert.Equal((2L, 2L, 1L), (audit.Value.Data["entries"], audit.Value.Data["maxEntries"], audit.Value.Data["pushedOut"]));
    }

    [Theory]
    [InlineData(AuditState.Healthy, HealthStatus.Healthy)]
    [InlineData(AuditState.Degraded, HealthStatus.Degraded)]
    [InlineData(AuditState.Unhealthy, HealthStatus.Unhealthy)]
    public async Task The_health_check_passes_on_what_the_registered_logger_says(AuditState state, HealthStatus health)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IAuditStatusSource>(new FixedStatus(state))
            .AddLedgerLiftAuditing();
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal((health, "as told"), (report.Entries["audit"].Status, report.Entries["audit"].Description));
    }

    [Fact]
    public async Task Options_come_from_configuration_and_bad_ones_are_refused()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("MaxDetailsBytes", "10"),
                new("Rules:0:Action", "document.*"),
                new("Rules:0:Level", "Metadata"),
                new("Rules:0:OnFailure", "ContinueAndSignal"),
                new("Rules:0:Delivery", "BestEffort"),
            ])
            .Build();
        await using var provider = new ServiceCollection().AddLogging().AddLedgerLiftAuditing(configuration).BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<AuditingOptions>>().Value;
        var rule = Assert.Single(options.Rules);
        Assert.Equal(10, options.MaxDetailsBytes);
        Assert.Equal(
            ("document.*", "*", AuditLevel.Metadata, AuditFailureMode.ContinueAndSignal, AuditDelivery.BestEffort),
            (rule.Action, rule.ResourceType, rule.Level, rule.OnFailure, rule.Delivery)
        );

        await using var bad = new ServiceCollection()
            .AddLogging()
            .AddLedgerLiftAuditing(options => options.MaxDetailsBytes = 0)
            .Configure<InMemoryAuditOptions>(options => options.MaxEntries = 0)
            .BuildServiceProvider();
        var start = bad.GetRequiredService<IStartupValidator>();
        var refused = Assert.Throws<AggregateException>(start.Validate);
        Assert.All(refused.InnerExceptions, each => Assert.IsType<OptionsValidationException>(each));
    }

    [Fact]
    public void Missing_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => AuditingServiceCollectionExtensions.AddLedgerLiftAuditing(null!));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddLedgerLiftAuditing((IConfiguration)null!));
    }
}
