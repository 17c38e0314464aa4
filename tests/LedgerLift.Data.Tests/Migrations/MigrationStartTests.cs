using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Data.Tests;

/// <summary>Migrations when the host starts, and when the server comes back after it.</summary>
public sealed class MigrationStartTests : IAsyncLifetime
{
    private const string Scripts = "LedgerLift.Data.Tests.Migrations.Scripts.";
    private readonly PostgresFixture _postgres = new();
    private readonly LogRecorder _logs = new();
    private readonly StubLifetime _lifetime = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _postgres.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _lifetime.Dispose();
        _logs.Dispose();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_down_at_the_start_is_migrated_when_it_is_back()
    {
        await using var proxy = _postgres.StartProxy();
        proxy.RefuseConnections();
        await using var provider = Build(proxy, services => services.AddLedgerLiftMigrations(GetType().Assembly, Scripts + "Good."));

        await StartAsync(provider);
        Assert.Single(_logs.WithId(3018));
        Assert.False(await ExistsAsync("runs"));
        proxy.AcceptConnections();

        await Poll.UntilAsync(async () => await ExistsAsync("runs") && await CountAsync() == 3, cancellationToken: Cancellation);
        Assert.False(_lifetime.IsStopped);
        await StopAsync(provider);
    }

    [Fact]
    public async Task A_script_that_fails_after_the_start_is_logged_and_stops_the_host()
    {
        await using var proxy = _postgres.StartProxy();
        proxy.RefuseConnections();
        await using var provider = Build(proxy, services => services.AddLedgerLiftMigrations(GetType().Assembly, Scripts + "Failing."));
        await StartAsync(provider);

        proxy.AcceptConnections();

        await Poll.UntilAsync(() => _lifetime.IsStopped, cancellationToken: Cancellation);
        Assert.Equal("migration_failed", Assert.IsType<MigrationException>(Assert.Single(_logs.WithId(3019)).Exception).Code);
        await StopAsync(provider);
    }

    [Fact]
    public async Task A_script_that_fails_at_the_start_stops_it()
    {
        await using var provider = Build(null, services => services.AddLedgerLiftMigrations(GetType().Assembly, Scripts + "Failing."));

        await Assert.ThrowsAsync<MigrationException>(() => StartAsync(provider));
    }

    [Fact]
    public async Task A_host_that_stops_before_the_server_is_back_ends_its_wait()
    {
        await using var proxy = _postgres.StartProxy();
        proxy.RefuseConnections();
        await using var provider = Build(proxy, services => services.AddLedgerLiftMigrations(GetType().Assembly, Scripts + "Good."));
        await StartAsync(provider);

        await StopAsync(provider);
        proxy.AcceptConnections();
        await Task.Delay(1500, Cancellation);

        Assert.False(await ExistsAsync("runs"));
        Assert.Empty(_logs.WithId(3019));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Only_scripts_that_are_wanted_on_start_are_applied_then(bool good, bool more)
    {
        await using var provider = Build(
            null,
            services =>
                services
                    .AddLedgerLiftMigrations(GetType().Assembly, Scripts + "Good.", good)
                    .AddLedgerLiftMigrations(GetType().Assembly, Scripts + "More.", more)
        );

        await StartAsync(provider);

        Assert.Equal((good, more), (await ExistsAsync("runs"), await ExistsAsync("more")));
        await provider.GetRequiredService<ISchemaMigrator>().MigrateAsync(Cancellation);
        Assert.Equal((true, true), (await ExistsAsync("runs"), await ExistsAsync("more")));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Of_two_calls_for_the_same_scripts_one_that_wants_them_on_start_decides(bool first, bool second)
    {
        await using var provider = Build(
            null,
            services =>
                services
                    .AddLedgerLiftMigrations(GetType().Assembly, Scripts + "More.", first)
                    .AddLedgerLiftMigrations(GetType().Assembly, Scripts + "More.", second)
        );

        await StartAsync(provider);

        Assert.True(await ExistsAsync("more"));
    }

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    private static async Task StopAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StopAsync(Cancellation);
    }

    private ServiceProvider Build(TcpFaultProxy? proxy, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton<IHostApplicationLifetime>(_lifetime);
        services.AddLedgerLiftData(o =>
        {
            (o.ConnectionString, o.Name) = (_postgres.Through(proxy), $"start-{Guid.NewGuid():N}");
            o.ConnectTimeout = TimeSpan.FromSeconds(5);
        });
        add(services);
        return services.BuildServiceProvider();
    }

    private Task<long> CountAsync() => _postgres.ReadAsync<long>("SELECT count(*) FROM runs");

    private Task<bool> ExistsAsync(string table) => _postgres.ReadAsync<bool>($"SELECT to_regclass('{table}') IS NOT NULL");
}
