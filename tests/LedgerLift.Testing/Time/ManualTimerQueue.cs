namespace LedgerLift.Testing;

/// <summary>The armed timers in due order, equal due times in the order of arming. Not thread-safe: the provider's lock holds it.</summary>
internal sealed class ManualTimerQueue
{
    private readonly SortedSet<ManualTimer> _timers = new(
        Comparer<ManualTimer>.Create((a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Order.CompareTo(b.Order))
    );
    private long _order;

    public int Count => _timers.Count;

    public IEnumerable<TimeSpan> DueTimes => _timers.Select(timer => timer.DueAt);

    /// <summary>Adds a timer that is not in the queue.</summary>
    public void Add(ManualTimer timer, TimeSpan dueAt)
    {
        timer.DueAt = dueAt;
        timer.Order = ++_order;
        _timers.Add(timer);
    }

    public void Remove(ManualTimer timer) => _timers.Remove(timer);

    /// <summary>Takes out the first timer due at or before <paramref name="instant"/>; null when there is none.</summary>
    public ManualTimer? TakeDueBy(TimeSpan instant)
    {
        if (_timers.Min is not { } first || first.DueAt > instant)
            return null;
        _timers.Remove(first);
        return first;
    }
}
