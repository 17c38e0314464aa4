using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Entries on disk that the database does not have for certain, in the order in which they came. Used by one thread at a time.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "The own folder is one of the folders.")]
internal sealed class SpillLog(string root, long limitBytes, ILogger logger) : IDisposable
{
    private const long SegmentBytes = 8 << 20;
    private readonly List<SpillFolder> _folders = [];
    private readonly Queue<string> _closed = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private SpillFolder? _own;
    private SpillSegment? _segment;
    private long _segments;
    private long _bytes;

    /// <summary>Bytes on disk. May be read from any thread.</summary>
    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether nothing is on disk. May be read from any thread.</summary>
    internal bool IsEmpty => Bytes == 0;

    /// <summary>Takes over what processes that are dead now have left.</summary>
    internal void Adopt()
    {
        foreach (var folder in SpillFolder.Adopt(root))
        {
            var segments = folder.Segments();
            if (segments.Count == 0)
            {
                folder.Dispose();
                continue;
            }

            _folders.Add(folder);
            foreach (var segment in segments)
            {
                _closed.Enqueue(segment);
                AddBytes(new FileInfo(segment).Length);
            }
        }

        if (!IsEmpty)
            Log.SpillAdopted(logger, Bytes);
    }

    /// <summary>Returns when the disk has the entries.</summary>
    /// <exception cref="IOException">The disk refused them, or there is no room within the limit.</exception>
    internal void Append(IEnumerable<PendingEntry> entries)
    {
        _buffer.ResetWrittenCount();
        foreach (var entry in entries)
            SpillRecord.Append(_buffer, entry.ToBytes());
        if (Bytes + _buffer.WrittenCount > limitBytes)
            throw new IOException("The spill directory is full.");
        if (_segment is { Length: >= SegmentBytes })
            CloseSegment();
        _segment ??= NewSegment();
        _segment.Append(_buffer.WrittenMemory);
        AddBytes(_buffer.WrittenCount);
    }

    /// <summary>The segment to replay next; null when there is none. What is being written is closed only when it is the last.</summary>
    internal string? CloseAndFindOldest()
    {
        if (_closed.Count == 0)
            CloseSegment();
        return _closed.TryPeek(out var oldest) ? oldest : null;
    }

    /// <summary>The entries of a segment. What follows a damaged record cannot be read and is kept aside.</summary>
    internal IReadOnlyList<PendingEntry> Read(string path)
    {
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        var entries = new List<PendingEntry>();
        while (SpillRecord.TryRead(rest, out var payload) && PendingEntry.TryRead(payload) is { } entry)
        {
            entries.Add(entry);
            rest = rest[(SpillRecord.HeaderLength + payload.Length)..];
        }

        // A process that was killed while it wrote leaves the beginning of a record that nobody was told is safe.
        if (!rest.IsEmpty)
        {
            File.WriteAllBytes(path + ".torn", rest.ToArray());
            Log.SpillTorn(logger, rest.Length);
        }

        return entries;
    }

    /// <summary>The database has all of the oldest segment.</summary>
    internal void RemoveOldest()
    {
        var path = _closed.Peek();
        var length = new FileInfo(path).Length;
        File.Delete(path);
        _closed.Dequeue();
        AddBytes(-length);
    }

    /// <summary>Keeps an entry that the database refuses for what it holds.</summary>
    internal void Reject(PendingEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SpillRecord.Append(buffer, entry.ToBytes());
        Directory.CreateDirectory(root);
        using var file = new FileStream(Path.Combine(root, "rejected"), FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(buffer.WrittenSpan);
        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        CloseSegment();
        foreach (var folder in _folders)
            folder.Dispose();
    }

    private SpillSegment NewSegment()
    {
        if (_own is null)
        {
            _own = SpillFolder.Create(root);
            _folders.Add(_own);
        }

        return new SpillSegment(_own.SegmentPath(_segments++));
    }

    private void CloseSegment()
    {
        if (_segment is not { } segment)
            return;
        _segment = null;
        segment.Dispose();
        if (segment.Length == 0)
            File.Delete(segment.Path);
        else
            _closed.Enqueue(segment.Path);
    }

    private void AddBytes(long change) => Volatile.Write(ref _bytes, _bytes + change);
}
