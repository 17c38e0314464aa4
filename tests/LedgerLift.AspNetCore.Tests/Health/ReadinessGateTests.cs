using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LedgerLift.AspNetCore.Tests;

public sealed class ReadinessGateTests
{
    [Fact]
    public async Task Readiness_is_off_while_requests_are_still_served()
    {
        var clock = new ManualTimeProvider();
        await using var host = await StartAsync(clock);
        Assert.Equal(200, (await HealthAnswer.AskAsync(host.Client, "/readiness")).Http);

        var stopped = host.App.StopAsync();
        await Poll.UntilAsync(() => clock.TimersDueIn.Contains(TimeSpan.FromSeconds(5)));

        var ready = await HealthAnswer.AskAsync(host.Client, "/readiness");
        var live = await HealthAnswer.AskAsync(host.Client, "/liveness");
        Assert.Equal((503, "unhealthy", "the host is shutting down"), (ready.Http, ready.Status, Assert.Single(ready.Issues)));
        Assert.Equal(200, live.Http);
        Assert.Equal("served", await host.Client.GetStringAsync("/work"));
        Assert.False(stopped.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(5));
        await stopped;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetAsync("/liveness"));
    }

    [Fact]
    public async Task It_is_off_from_the_first_sign_of_the_stop()
    {
        await using var host = await StartAsync(new ManualTimeProvider());

        host.App.Lifetime.StopApplication();

        Assert.Equal(503, (await HealthAnswer.AskAsync(host.Client, "/readiness")).Http);
    }

    [Fact]
    public async Task Where_nobody_watches_nobody_waits()
    {
        var clock = new ManualTimeProvider();
        await using var host = await StartAsync(clock);

        await host.App.StopAsync();

        Assert.Empty(host.Log.WithId(8022));
    }

    [Fact]
    public async Task The_hosts_patience_ends_the_waiting()
    {
        await using var host = await StartAsync(new ManualTimeProvider());
        await HealthAnswer.AskAsync(host.Client, "/readiness");
        using var patience = new CancellationTokenSource();
        var gate = host.App.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single(each => each is ReadinessGate);

        var draining = gate.StoppingAsync(patience.Token);
        Assert.False(draining.IsCompleted);
        await patience.CancelAsync();

        await draining;
    }

    private static Task<WebHost> StartAsync(ManualTimeProvider clock) =>
        WebHost.StartAsync(
            static app =>
            {
                app.MapLedgerLiftHealth();
                app.MapGet("/work", static () => "served");
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock)
        );
}
