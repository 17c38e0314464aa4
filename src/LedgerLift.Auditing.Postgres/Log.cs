using Microsoft.Extensions.Logging;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Every message of this package, with its id. Nothing of an entry but its id is ever logged.</summary>
internal static partial class Log
{
    [LoggerMessage(5500, LogLevel.Error, "The audit database cannot be written to; entries are kept on disk until it can.")]
    internal static partial void OutageBegan(ILogger logger, Exception failure);

    [LoggerMessage(5501, LogLevel.Information, "The audit database can be written to again.")]
    internal static partial void OutageEnded(ILogger logger);

    [LoggerMessage(5502, LogLevel.Critical, "The spill directory cannot be used; audit entries are lost or their operations fail.")]
    internal static partial void SpillFailed(ILogger logger, Exception failure);

    [LoggerMessage(5503, LogLevel.Warning, "An earlier process left {Bytes} bytes of audit entries on disk; they are written now.")]
    internal static partial void SpillAdopted(ILogger logger, long bytes);

    [LoggerMessage(
        5504,
        LogLevel.Warning,
        "The last {Bytes} bytes of a spill file are no whole record; they are kept in a file ending in .torn."
    )]
    internal static partial void SpillTorn(ILogger logger, int bytes);

    [LoggerMessage(5505, LogLevel.Error, "The database refuses the audit entry {Id} ({SqlState}).")]
    internal static partial void EntryRejected(ILogger logger, Guid id, string sqlState);

    [LoggerMessage(5506, LogLevel.Error, "An audit entry was not written ({Code}); its operation goes on, as the policy says.")]
    internal static partial void EntryLost(ILogger logger, string code, Exception failure);

    [LoggerMessage(5507, LogLevel.Critical, "The stored audit trail was changed; nothing is sealed on top of it.")]
    internal static partial void TrailAltered(ILogger logger, Exception failure);

    [LoggerMessage(5508, LogLevel.Error, "The audit trail could not be sealed ({Code}); it is tried again.")]
    internal static partial void SealFailed(ILogger logger, string code, Exception failure);

    [LoggerMessage(5509, LogLevel.Error, "Old partitions of the audit trail could not be dropped ({Code}); it is tried again.")]
    internal static partial void RetentionFailed(ILogger logger, string code, Exception failure);

    [LoggerMessage(5510, LogLevel.Information, "The partition {Partition} of the audit trail was dropped.")]
    internal static partial void PartitionDropped(ILogger logger, string partition);

    [LoggerMessage(5511, LogLevel.Error, "The partitions of the coming months could not be made ({Code}); it is tried again.")]
    internal static partial void PartitionsFailed(ILogger logger, string code, Exception failure);
}
