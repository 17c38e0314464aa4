using System.Collections.Concurrent;

namespace LedgerLift.Resilience;

/// <summary>The keyed breakers of one policy, at most <c>capacity</c> of them and a shared one for the surplus.</summary>
internal sealed class KeyedBreakers(string policyName, int capacity, Func<string, CircuitBreaker> create)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private CircuitBreaker? _surplus;
    private long _asked;

    internal IEnumerable<CircuitBreaker> Breakers
    {
        get
        {
            var kept = _entries.Values.Select(entry => entry.Breaker);
            return Volatile.Read(ref _surplus) is { } surplus ? kept.Append(surplus) : kept;
        }
    }

    internal CircuitBreaker GetOrAdd(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            lock (_lock)
            {
                if (!_entries.TryGetValue(key, out entry))
                {
                    if (_entries.Count >= capacity && !TryEvict())
                    {
                        return _surplus ??= create($"{policyName}/*");
                    }

                    entry = new Entry(key, create($"{policyName}/{key}"));
                    _entries[key] = entry;
                }
            }
        }

        Volatile.Write(ref entry.Asked, Interlocked.Increment(ref _asked));
        return entry.Breaker;
    }

    /// <summary>Follows a change of the settings. Whoever creates breakers must know the new ones already.</summary>
    internal void Update(CircuitBreakerOptions options)
    {
        // Not while a breaker is being made: it may have got the old settings and would be missed here.
        lock (_lock)
        {
            foreach (var breaker in Breakers)
            {
                breaker.Update(options);
            }
        }
    }

    private bool TryEvict()
    {
        var idle = _entries.Values.Where(entry => entry.Breaker.IsPristine).MinBy(entry => Volatile.Read(ref entry.Asked));
        return idle is not null && _entries.TryRemove(idle.Key, out _);
    }

    private sealed class Entry(string key, CircuitBreaker breaker)
    {
        internal long Asked;

        internal string Key { get; } = key;

        internal CircuitBreaker Breaker { get; } = breaker;
    }
}
