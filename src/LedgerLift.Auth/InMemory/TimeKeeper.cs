using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auth;

/// <summary>While lookups are many, says of instants more than a <see cref="Margin"/> away that they are to come, without any clock: a thread reads it for all of them.</summary>
/// <remarks>
/// <para>
/// Even the cheapest reading takes a fifth of a lookup, since the processor cannot begin the next one meanwhile. The thread reads the system's clock every 16 ms. It begins
/// when there were <see cref="ManyAsks"/> readings at one count of the system's milliseconds, which takes 1 to 16 of them, and rests when nobody asked in between: a service with few lookups never has it.
/// </para>
/// <para>
/// Wrong only if the thread does not run for a whole <see cref="Margin"/> while lookups do: in the moment in which a process goes on that was stopped for longer. Not a
/// timer, whose callbacks wait for the pool's threads. Safe to use from any thread.
/// </para>
/// </remarks>
internal static class TimeKeeper
{
    /// <summary>Instants that are nearer are compared with the clock itself, in milliseconds.</summary>
    internal const long Margin = 60_000;

    /// <summary>How many readings at one count of milliseconds are many.</summary>
    internal const int ManyAsks = 256;

    private const int Interval = 16;

    private static readonly AutoResetEvent Begin = new(initialState: false);

    // What is later is to come, in milliseconds by the clock; nothing is while the thread rests.
    private static long _certainAfter = long.MaxValue;
    private static bool _isUsed;
    private static int _isAwake;
    private static Thread? _thread;

    // Of the readings that lookups took themselves; a lost one matters to nobody.
    private static long _count;
    private static int _asks;

    /// <summary>Whether the thread keeps the time, or is about to; for the tests.</summary>
    internal static bool IsAwake => Volatile.Read(ref _isAwake) != 0;

    /// <summary>Whether an instant is certainly to come; false when that is not certain, and a clock must be asked.</summary>
    internal static bool IsFar(long instant)
    {
        if (instant <= Volatile.Read(ref _certainAfter))
            return false;
        if (!Volatile.Read(ref _isUsed))
            Volatile.Write(ref _isUsed, value: true);
        return true;
    }

    /// <summary>Hears that a lookup read the count of milliseconds itself.</summary>
    internal static void Asked(long count)
    {
        if (count != _count)
            (_count, _asks) = (count, 0);
        else if (++_asks >= ManyAsks && Interlocked.Exchange(ref _isAwake, 1) == 0)
            Wake();
    }

    private static void Wake()
    {
        if (_thread is null)
        {
            _thread = new Thread(Keep) { IsBackground = true, Name = "LedgerLift.Auth time" };
            _thread.UnsafeStart();
        }
        else
        {
            Begin.Set();
        }
    }

    [SuppressMessage(
        "Blocker Bug",
        "S2190:Loops and recursions should not be infinite",
        Justification = "A background thread ends with its process."
    )]
    private static void Keep()
    {
        while (true)
        {
            do
            {
                Volatile.Write(ref _isUsed, value: false);
                Volatile.Write(ref _certainAfter, Instant.ToMilliseconds(TimeProvider.System.GetUtcNow()) + Margin);
                Begin.WaitOne(Interval);
            } while (Volatile.Read(ref _isUsed));

            Volatile.Write(ref _certainAfter, long.MaxValue);
            Volatile.Write(ref _isAwake, 0);
            Begin.WaitOne();
        }
    }
}
