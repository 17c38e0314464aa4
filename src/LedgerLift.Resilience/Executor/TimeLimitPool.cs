using System.Collections.Concurrent;

namespace LedgerLift.Resilience;

/// <summary>Limits of one kind that wait for their next attempt: one for each thread, which the kind itself keeps, and some for all.</summary>
internal sealed class TimeLimitPool<TLimit>
    where TLimit : TimeLimit
{
    private const int MaxFree = 1024;
    private readonly ConcurrentQueue<TLimit> _free = new();

    internal TLimit? Take(ref TLimit? ofThread)
    {
        if (ofThread is not { } own)
            return _free.TryDequeue(out var free) ? free : null;
        ofThread = null;
        return own;
    }

    /// <summary>False when there are enough already.</summary>
    internal bool TryGive(TLimit limit, ref TLimit? ofThread)
    {
        if (ofThread is null)
        {
            ofThread = limit;
            return true;
        }

        if (_free.Count >= MaxFree)
            return false;
        _free.Enqueue(limit);
        return true;
    }
}
