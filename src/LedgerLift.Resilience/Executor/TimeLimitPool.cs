using System.Collections.Concurrent;

namespace LedgerLift.Resilience;

/// <summary>Limits that wait for their next attempt: one for each thread, and some for all.</summary>
internal static class TimeLimitPool<TLimit>
    where TLimit : TimeLimit
{
    private const int MaxFree = 1024;
    private static readonly ConcurrentQueue<TLimit> Free = new();

    [ThreadStatic]
    private static TLimit? _mine;

    internal static TLimit? Take()
    {
        if (_mine is not { } mine)
            return Free.TryDequeue(out var free) ? free : null;
        _mine = null;
        return mine;
    }

    /// <summary>False when there are enough already.</summary>
    internal static bool TryGive(TLimit limit)
    {
        if (_mine is null)
        {
            _mine = limit;
            return true;
        }

        if (Free.Count >= MaxFree)
            return false;
        Free.Enqueue(limit);
        return true;
    }
}
