using System.Collections.Concurrent;

namespace LedgerLift.Auth.Redis;

/// <summary>Records of this process. A record never changes, so one that is here is right until it expires; what is live is not decided here.</summary>
/// <remarks>Safe to use from any thread. At most so many, first in, first out.</remarks>
internal sealed class RecordCache(int maxEntries)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, TokenRecord> _records = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    internal int Count => _order.Count;

    internal TokenRecord? Find(string jti) => maxEntries > 0 ? _records.GetValueOrDefault(jti) : null;

    internal void Add(TokenRecord record)
    {
        if (maxEntries == 0)
            return;
        lock (_lock)
        {
            // A jti may have been stored anew after its first record expired.
            if (!_records.TryAdd(record.Jti, record))
            {
                _records[record.Jti] = record;
                return;
            }

            _order.Enqueue(record.Jti);
            if (_order.Count > maxEntries)
                _records.TryRemove(_order.Dequeue(), out _);
        }
    }
}
