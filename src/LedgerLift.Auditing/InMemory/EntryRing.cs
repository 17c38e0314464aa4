namespace LedgerLift.Auditing;

/// <summary>The last entries in the order in which they were written. Grows up to its capacity, then each new one takes the place of the first. Not safe for several threads.</summary>
internal sealed class EntryRing(int capacity)
{
    private readonly List<AuditEntry> _entries = [];
    private int _first;

    internal int Capacity { get; } = capacity;

    internal int Count => _entries.Count;

    /// <summary>Adds an entry. True when it pushed one out.</summary>
    internal bool Add(AuditEntry entry)
    {
        if (_entries.Count < Capacity)
        {
            _entries.Add(entry);
            return false;
        }

        _entries[_first] = entry;
        _first = (_first + 1) % Capacity;
        return true;
    }

    /// <summary>The entries, the first one first.</summary>
    internal AuditEntry[] ToArray()
    {
        var all = new AuditEntry[_entries.Count];
        _entries.CopyTo(_first, all, 0, all.Length - _first);
        _entries.CopyTo(0, all, all.Length - _first, _first);
        return all;
    }
}
