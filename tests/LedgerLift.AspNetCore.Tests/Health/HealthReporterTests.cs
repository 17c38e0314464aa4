using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.AspNetCore.Tests;

public sealed class HealthReporterTests : IDisposable
{
    private readonly ScriptedCheck _check = new();
    private readonly TaskCompletionSource<HealthCheckResult> _release = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly HealthReporter _reporter;

    public HealthReporterTests()
    {
        _check.Answer = _ => _release.Task;
        _reporter = new HealthReporter(
            [new HealthCheckRegistration("one", _check, failureStatus: null, tags: null)],
            _services.GetRequiredService<IServiceScopeFactory>(),
            new LedgerLiftHealthOptions { CacheDuration = TimeSpan.Zero },
            new ManualTimeProvider(),
            NullLogger<HealthReporter>.Instance
        );
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task However_many_ask_a_check_runs_once_at_a_time()
    {
        var asked = Enumerable.Range(0, 50).Select(_ => _reporter.CheckAsync()).ToArray();
        _release.SetResult(HealthCheckResult.Healthy());
        await Task.WhenAll(asked);
        Assert.Equal(1, _check.Calls);

        await _reporter.CheckAsync();
        Assert.Equal(2, _check.Calls);
    }

    [Fact]
    public async Task Whoever_leaves_does_not_end_the_check_of_the_others()
    {
        using var impatient = new CancellationTokenSource();
        var left = _reporter.CheckAsync(impatient.Token);
        var stayed = _reporter.CheckAsync(CancellationToken.None);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _release.SetResult(HealthCheckResult.Healthy());

        Assert.Equal((HealthStatus.Healthy, 1), ((await stayed).Status, _check.Calls));
    }

    [Fact]
    public async Task A_check_that_asks_for_the_report_itself_ends_in_time()
    {
        var clock = new ManualTimeProvider();
        HealthReporter? reporter = null;
        _check.Answer = async stop =>
        {
            await reporter!.CheckAsync(stop);
            return HealthCheckResult.Healthy();
        };
        reporter = new HealthReporter(
            [new HealthCheckRegistration("one", _check, failureStatus: null, tags: null)],
            _services.GetRequiredService<IServiceScopeFactory>(),
            new LedgerLiftHealthOptions { CacheDuration = TimeSpan.Zero },
            clock,
            NullLogger<HealthReporter>.Instance
        );

        var asked = reporter.CheckAsync();
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HealthStatus.Unhealthy, (await asked).Status);
    }
}
