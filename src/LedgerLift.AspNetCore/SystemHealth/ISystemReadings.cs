namespace LedgerLift.AspNetCore;

/// <summary>Reads the machine and the process.</summary>
internal interface ISystemReadings
{
    /// <summary>How many processors the process may use.</summary>
    int Processors { get; }

    /// <summary>The processors' time that the process has used since it began.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>The working set in bytes.</summary>
    long WorkingSet { get; }

    /// <summary>The memory in bytes that the process may have: the container's limit, else the machine's memory.</summary>
    long AvailableMemory { get; }

    /// <summary>The disk under a folder.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    DiskSpace ReadDisk(string path);
}
