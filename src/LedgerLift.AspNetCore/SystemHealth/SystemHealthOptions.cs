namespace LedgerLift.AspNetCore;

/// <summary>When the <c>system</c> component is degraded (a warning is reached) or unhealthy (a limit is). Shares are above 0, up to 1; read once, at start.</summary>
public sealed class SystemHealthOptions
{
    /// <summary>The share of all processors' time, since the measurement before, from which the process counts as degraded. The default is 0.9. Being busy is never unhealthy.</summary>
    public double CpuWarning { get; set; } = 0.9;

    /// <summary>The working set as a share of the memory the process may have (a container's limit counts) from which it is degraded. The default is 0.85.</summary>
    public double MemoryWarning { get; set; } = 0.85;

    /// <summary>The same share from which it is unhealthy; not below <see cref="MemoryWarning"/>. The default is 0.95.</summary>
    public double MemoryLimit { get; set; } = 0.95;

    /// <summary>The used share of the disk from which it is degraded. The default is 0.9.</summary>
    public double DiskWarning { get; set; } = 0.9;

    /// <summary>The same share from which it is unhealthy; not below <see cref="DiskWarning"/>. The default is 0.98.</summary>
    public double DiskLimit { get; set; } = 0.98;

    /// <summary>A folder on the disk to watch. The default is null: the one the program lies on.</summary>
    public string? DiskPath { get; set; }

    /// <summary>How long a measurement is shown before the next; from zero, up to an hour. The default is 30 seconds.</summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromSeconds(30);
}
