using System.Collections.Concurrent;

namespace LedgerLift.Data;

/// <summary>The connections that are handed out. Thread-safe.</summary>
internal sealed class LeaseTable(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, SessionLease> _leases = new();
    private long _lastId;

    public int Count => _leases.Count;

    public IEnumerable<SessionLease> Leases => _leases.Select(entry => entry.Value);

    public long NextId() => Interlocked.Increment(ref _lastId);

    public void Add(SessionLease lease) => _leases[lease.Id] = lease;

    public void Remove(SessionLease lease) => _leases.TryRemove(lease.Id, out _);

    public TimeSpan HeldFor(SessionLease lease) => time.GetElapsedTime(lease.OpenedAt);

    /// <summary>Who has held sessions longest, oldest first.</summary>
    public IReadOnlyList<SessionHolder> Oldest(int count) =>
        [.. Leases.OrderBy(lease => lease.OpenedAt).Take(count).Select(lease => lease.Holder(HeldFor(lease)))];
}
