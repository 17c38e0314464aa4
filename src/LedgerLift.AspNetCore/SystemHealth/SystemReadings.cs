namespace LedgerLift.AspNetCore;

/// <summary>The real machine and process.</summary>
internal sealed class SystemReadings : ISystemReadings
{
    public int Processors => Environment.ProcessorCount;

    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    public long WorkingSet => Environment.WorkingSet;

    public long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public DiskSpace ReadDisk(string path)
    {
        var drive = new DriveInfo(path);
        return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
    }
}
