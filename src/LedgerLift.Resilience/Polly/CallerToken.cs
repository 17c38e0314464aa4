using System.Collections.Concurrent;

namespace LedgerLift.Resilience;

/// <summary>Carries a caller's token through a pipeline. Reused, since a token in a property bag would be boxed for every call.</summary>
internal sealed class CallerToken
{
    private const int MaxFree = 64;
    private static readonly ConcurrentQueue<CallerToken> Free = new();

    private CallerToken() { }

    internal CancellationToken Token { get; private set; }

    internal static CallerToken Rent(CancellationToken token)
    {
        var holder = Free.TryDequeue(out var free) ? free : new CallerToken();
        holder.Token = token;
        return holder;
    }

    internal void Return()
    {
        Token = default;
        if (Free.Count < MaxFree)
            Free.Enqueue(this);
    }
}
