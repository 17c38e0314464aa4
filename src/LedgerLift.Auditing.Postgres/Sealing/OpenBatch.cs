using System.Buffers;
using System.Globalization;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The entries of one month that are being sealed: their ids and leaves, in order.</summary>
internal sealed class OpenBatch
{
    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly List<AuditHash> _leaves = [];

    internal ReadOnlyMemory<byte> Ids => _ids.WrittenMemory;

    internal ReadOnlySpan<AuditHash> Leaves => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_leaves);

    /// <summary>The partition of an entry: the month of its time, in UTC.</summary>
    internal static string PartitionOf(DateTime time) => time.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    internal void Add(Guid id, AuditHash leaf)
    {
        id.TryWriteBytes(_ids.GetSpan(16), bigEndian: true, out _);
        _ids.Advance(16);
        _leaves.Add(leaf);
    }
}
