using LedgerLift.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore.Tests;

public sealed class SystemHealthCheckTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeReadings _readings = new();
    private readonly SystemHealthCheck _check;

    public SystemHealthCheckTests() => _check = new SystemHealthCheck(new SystemHealthOptions(), _readings, _clock);

    [Theory]
    [InlineData(0.84, HealthStatus.Healthy)]
    [InlineData(0.85, HealthStatus.Degraded)]
    [InlineData(0.949, HealthStatus.Degraded)]
    [InlineData(0.95, HealthStatus.Unhealthy)]
    public async Task Memory_has_a_warning_and_a_limit(double share, HealthStatus status)
    {
        _readings.WorkingSet = (long)(share * 1_000_000);

        var result = await AskAsync();

        Assert.Equal(status, result.Status);
        Assert.Equal(share, (double)result.Data["memoryUtilization"], 6);
    }

    [Theory]
    [InlineData(0.89, HealthStatus.Healthy)]
    [InlineData(0.9, HealthStatus.Degraded)]
    [InlineData(0.979, HealthStatus.Degraded)]
    [InlineData(0.98, HealthStatus.Unhealthy)]
    public async Task The_disk_has_a_warning_and_a_limit(double used, HealthStatus status)
    {
        _readings.Disk = new DiskSpace((long)Math.Round((1 - used) * 1_000_000), 1_000_000);

        Assert.Equal(status, (await AskAsync()).Status);
    }

    [Theory]
    [InlineData(0.89, HealthStatus.Healthy)]
    [InlineData(0.9, HealthStatus.Degraded)]
    [InlineData(1.0, HealthStatus.Degraded)]
    public async Task Processors_are_measured_since_the_measurement_before(double share, HealthStatus status)
    {
        await AskAsync();
        _clock.Advance(TimeSpan.FromSeconds(100));
        _readings.ProcessorTime += share * 4 * TimeSpan.FromSeconds(100);

        var result = await AskAsync();

        Assert.Equal(status, result.Status);
        Assert.Equal(share, (double)result.Data["cpuUtilization"], 6);
    }

    [Fact]
    public async Task All_faults_are_said_and_the_worst_decides()
    {
        _readings.WorkingSet = 990_000;
        _readings.Disk = new DiskSpace(50_000, 1_000_000);

        var result = await AskAsync();

        Assert.Equal((HealthStatus.Unhealthy, "memory at 99 %, disk at 95 %"), (result.Status, result.Description));
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_is_a_warning()
    {
        _readings.Disk = null;

        Assert.Equal((HealthStatus.Degraded, "disk cannot be read"), ((await AskAsync()).Status, (await AskAsync()).Description));
    }

    [Fact]
    public async Task A_measurement_is_kept_for_thirty_seconds()
    {
        var first = await AskAsync();
        _readings.WorkingSet = 990_000;
        _clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        var second = await AskAsync();
        _clock.Advance(TimeSpan.FromTicks(1));
        var third = await AskAsync();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Unhealthy), (first.Status, second.Status, third.Status));
        Assert.Equal(first.Data["checkedAt"], second.Data["checkedAt"]);
        Assert.Equal(_clock.GetUtcNow(), third.Data["checkedAt"]);
    }

    [Fact]
    public async Task The_real_machine_can_be_read()
    {
        var check = new SystemHealthCheck(
            new SystemHealthOptions
            {
                MemoryWarning = 1,
                MemoryLimit = 1,
                DiskWarning = 1,
                DiskLimit = 1,
            },
            new SystemReadings(),
            TimeProvider.System
        );

        var result = await check.CheckHealthAsync(new HealthCheckContext());

        Assert.InRange((double)result.Data["memoryUtilization"], 0.000_001, 1);
        Assert.InRange((double)result.Data["diskUtilization"], 0.000_001, 1);
        Assert.InRange((double)result.Data["cpuUtilization"], 0, 1);
    }

    private Task<HealthCheckResult> AskAsync() => _check.CheckHealthAsync(new HealthCheckContext());

    private sealed class FakeReadings : ISystemReadings
    {
        public int Processors => 4;

        public TimeSpan ProcessorTime { get; set; } = TimeSpan.FromSeconds(10);

        public long WorkingSet { get; set; } = 100_000;

        public long AvailableMemory => 1_000_000;

        public DiskSpace? Disk { get; set; } = new DiskSpace(900_000, 1_000_000);

        public DiskSpace ReadDisk(string path) => Disk ?? throw new IOException("/secret/path");
    }
}
