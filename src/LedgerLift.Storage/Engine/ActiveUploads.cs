using System.Collections.Concurrent;

namespace LedgerLift.Storage;

/// <summary>The uploads in parts that this store is working on. Thread-safe.</summary>
internal sealed class ActiveUploads
{
    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);

    internal void Add(string uploadId) => _ids.TryAdd(uploadId, 0);

    internal void Remove(string uploadId) => _ids.TryRemove(uploadId, out _);

    internal bool Contains(string uploadId) => _ids.ContainsKey(uploadId);
}
