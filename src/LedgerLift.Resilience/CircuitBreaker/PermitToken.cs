using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>
/// What makes a permit, a struct that can be copied, count once. Tokens are reused, so that admission allocates nothing; each use has a number of its
/// own, which the first report takes away by compare-and-swap: a copy that reports later finds another number and does nothing.
/// </summary>
internal sealed class PermitToken
{
    private const int MaxFree = 32;

    [ThreadStatic]
    private static PermitToken? _free;

    [ThreadStatic]
    private static int _freeCount;

    private PermitToken? _next;
    private CircuitBreaker? _breaker;
    private BreakerTicket _ticket;
    private long _use;

    internal long Use => Volatile.Read(ref _use);

    internal static PermitToken Rent(CircuitBreaker breaker, BreakerTicket ticket)
    {
        var token = _free;
        if (token is null)
        {
            token = new PermitToken();
        }
        else
        {
            _free = token._next;
            _freeCount--;
            token._next = null;
        }

        token._breaker = breaker;
        token._ticket = ticket;
        return token;
    }

    /// <summary>Ends the use numbered <paramref name="use"/>, if nobody has, and tells what it was for.</summary>
    internal bool TryEnd(long use, [NotNullWhen(true)] out CircuitBreaker? breaker, out BreakerTicket ticket)
    {
        if (Interlocked.CompareExchange(ref _use, use + 1, use) != use)
        {
            breaker = null;
            ticket = default;
            return false;
        }

        breaker = _breaker!;
        ticket = _ticket;
        _breaker = null;
        Return(this);
        return true;
    }

    // The list belongs to the thread; calls that end on other threads than they began on would let it grow, hence the bound.
    private static void Return(PermitToken token)
    {
        if (_freeCount < MaxFree)
        {
            token._next = _free;
            _free = token;
            _freeCount++;
        }
    }
}
