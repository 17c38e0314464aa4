using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore;

/// <summary>Whether processors, memory and disk suffice. Measures at most once in <see cref="SystemHealthOptions.CacheDuration"/>. Thread-safe.</summary>
internal sealed class SystemHealthCheck : IHealthCheck
{
    public const string Name = "system";

    private readonly Lock _lock = new();
    private readonly SystemHealthOptions _options;
    private readonly ISystemReadings _readings;
    private readonly TimeProvider _time;
    private readonly string _diskPath;
    private TimeSpan _processorTime;
    private long _measuredAt;
    private HealthCheckResult? _last;

    public SystemHealthCheck(SystemHealthOptions options, ISystemReadings readings, TimeProvider time)
    {
        (_options, _readings, _time) = (options, readings, time);
        _diskPath = options.DiskPath ?? AppContext.BaseDirectory;
        (_processorTime, _measuredAt) = (readings.ProcessorTime, time.GetTimestamp());
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_last is not { } result || _time.GetElapsedTime(_measuredAt) >= _options.CacheDuration)
                _last = result = Measure();

            return Task.FromResult(result);
        }
    }

    private HealthCheckResult Measure()
    {
        var faults = new SystemFaults();
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { [ComponentState.CheckedAtKey] = _time.GetUtcNow() };
        MeasureProcessors(faults, data);
        MeasureMemory(faults, data);
        MeasureDisk(faults, data);
        return faults.ToResult(data);
    }

    private void MeasureProcessors(SystemFaults faults, Dictionary<string, object> data)
    {
        var (used, now) = (_readings.ProcessorTime, _time.GetTimestamp());
        var elapsed = _time.GetElapsedTime(_measuredAt, now) * _readings.Processors;
        var share = elapsed > TimeSpan.Zero ? Math.Clamp((used - _processorTime) / elapsed, 0, 1) : 0;
        (_processorTime, _measuredAt) = (used, now);
        data["cpuUtilization"] = share;
        faults.Judge("processors", share, _options.CpuWarning, limit: double.PositiveInfinity);
    }

    private void MeasureMemory(SystemFaults faults, Dictionary<string, object> data)
    {
        var (used, available) = (_readings.WorkingSet, _readings.AvailableMemory);
        var share = available > 0 ? (double)used / available : 0;
        data["memoryBytes"] = used;
        data["memoryUtilization"] = share;
        faults.Judge("memory", share, _options.MemoryWarning, _options.MemoryLimit);
    }

    private void MeasureDisk(SystemFaults faults, Dictionary<string, object> data)
    {
        try
        {
            var disk = _readings.ReadDisk(_diskPath);
            data["diskFreeBytes"] = disk.Free;
            data["diskUtilization"] = disk.Used;
            faults.Judge("disk", disk.Used, _options.DiskWarning, _options.DiskLimit);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Unknown("disk");
        }
    }
}
