using System.Diagnostics.CodeAnalysis;
using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LedgerLift.Data.Tests;

[SuppressMessage("Design", "CA1001", Justification = "A recorder has nothing to release.")]
public sealed class DataRegistrationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly LogRecorder _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_database_serves_all_its_faces_and_adding_twice_is_harmless()
    {
        await using var provider = Build(services =>
            services.AddLedgerLiftData(o => o.PoolSize = 3).AddLedgerLiftData(o => o.MaxOverflow = 1)
        );

        var database = provider.GetRequiredService<IDatabase>();

        Assert.Same(database, provider.GetRequiredService<PostgresDatabase>());
        Assert.Same(database.DataSource, provider.GetRequiredService<NpgsqlDataSource>());
        Assert.Equal(4, database.GetPoolSnapshot().Max);
        Assert.Equal(2, provider.GetServices<IHostedService>().Count(service => service.GetType().Assembly == typeof(IDatabase).Assembly));
        Assert.Equal(
            ["database"],
            provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name)
        );
    }

    [Fact]
    public async Task A_named_database_is_another_one()
    {
        await using var provider = Build(services =>
            services.AddLedgerLiftData("archive", o => (o.ConnectionString, o.PoolSize) = (postgres.ConnectionString, 1))
        );

        var archive = provider.GetRequiredKeyedService<IDatabase>("archive");

        Assert.NotSame(provider.GetRequiredService<IDatabase>(), archive);
        Assert.Same(archive.DataSource, provider.GetRequiredKeyedService<NpgsqlDataSource>("archive"));
        Assert.Contains(
            "database-archive",
            provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name)
        );
        await using var session = await archive.OpenSessionAsync(Cancellation);
        Assert.Equal(1, await session.ReadAsync<int>("SELECT 1"));
    }

    [Fact]
    public async Task A_section_binds_and_its_threshold_is_followed()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Data:ConnectionString"] = postgres.ConnectionString,
                    ["Data:PoolSize"] = "2",
                    ["Data:Retry:MaxRetries"] = "7",
                    ["Data:SlowQueryThreshold"] = "00:00:02",
                }
            )
            .Build();
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddLedgerLiftData(configuration.GetSection("Data"))
            .BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
        var core = provider.GetRequiredService<PostgresDatabase>().Core;
        Assert.Equal((2, 7, TimeSpan.FromSeconds(2)), (core.Options.PoolSize, core.Options.Retry.MaxRetries, core.SlowQueries.Threshold));

        configuration["Data:SlowQueryThreshold"] = "00:00:00.5";
        configuration.Reload();

        Assert.Equal(TimeSpan.FromMilliseconds(500), core.SlowQueries.Threshold);
    }

    [Fact]
    public async Task Faulty_options_stop_the_start()
    {
        await using var provider = Build(services => services.AddLedgerLiftData(o => o.PoolSize = 0));

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("PoolSize must be at least 1, but is 0", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "c4nary")]
    [InlineData("Database", "no_such_database")]
    public async Task Wrong_credentials_or_database_stop_the_start_with_a_clear_message(string keyword, string value)
    {
        await using var provider = Build(services =>
            services.AddLedgerLiftData(o =>
                o.ConnectionString = new NpgsqlConnectionStringBuilder(o.ConnectionString) { [keyword] = value }.ConnectionString
            )
        );

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync(provider));

        Assert.Equal(("connection_refused", false), (failure.Code, failure.IsTransient));
        Assert.DoesNotContain("c4nary", failure.ToString() + _logs.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_does_not_stop_the_start()
    {
        var proxy = postgres.StartProxy();
        var connectionString = postgres.Through(proxy);
        await proxy.DisposeAsync();
        await using var provider = Build(services => services.AddLedgerLiftData(o => o.ConnectionString = connectionString));

        await StartAsync(provider);

        Assert.Single(_logs.WithId(3014));
    }

    [Fact]
    public async Task Warm_up_opens_the_pool()
    {
        await using var provider = Build(services => services.AddLedgerLiftData(o => (o.WarmUp, o.PoolSize) = (true, 4)));

        await StartAsync(provider);

        Assert.Equal(
            (0, 4),
            (
                provider.GetRequiredService<IDatabase>().GetPoolSnapshot().InUse,
                provider.GetRequiredService<IDatabase>().GetPoolSnapshot().Idle
            )
        );
    }

    [Fact]
    public async Task A_pool_larger_than_the_server_allows_is_warned_about()
    {
        await using var provider = Build(services => services.AddLedgerLiftData(o => (o.PoolSize, o.MaxOverflow) = (500, 500)));

        await StartAsync(provider);

        Assert.Contains("1000", Assert.Single(_logs.WithId(3015)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_asked_once_for_all_who_ask_and_then_cached()
    {
        await using var provider = Build(services => services.AddLedgerLiftData(o => o.SlowQueryThreshold = TimeSpan.Zero));
        var asked = 0;
        using var subscription = provider
            .GetRequiredService<IDatabase>()
            .SubscribeSlowQueries(query => asked += query.Text == "SELECT ?" ? 1 : 0);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CheckAsync(provider)));
        var later = await CheckAsync(provider);

        Assert.All(all.Append(later), entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task An_exhausted_pool_is_degraded_and_a_dead_server_unhealthy()
    {
        await using var provider = Build(services =>
            services.AddLedgerLiftData(o => (o.PoolSize, o.MaxOverflow, o.HealthCacheDuration) = (1, 0, TimeSpan.Zero))
        );
        await using (await provider.GetRequiredService<IDatabase>().OpenSessionAsync(Cancellation))
            Assert.Equal(HealthStatus.Degraded, (await CheckAsync(provider)).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(provider)).Status);
        var proxy = postgres.StartProxy();
        var connectionString = postgres.Through(proxy);
        await using var dead = Build(services => services.AddLedgerLiftData(o => o.ConnectionString = connectionString));
        await proxy.DisposeAsync();

        var entry = await CheckAsync(dead);

        Assert.Equal((HealthStatus.Unhealthy, null), (entry.Status, entry.Exception));
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider provider) =>
        (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["database"];

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    private ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace));
        services.AddLedgerLiftData(o =>
        {
            o.ConnectionString = postgres.ConnectionString;
            o.Name = $"di-{Guid.NewGuid():N}";
            (o.PoolSize, o.MaxOverflow) = (2, 2);
        });
        add(services);
        return services.BuildServiceProvider();
    }
}
