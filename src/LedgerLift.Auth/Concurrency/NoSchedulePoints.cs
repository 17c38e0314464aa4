using System.Runtime.CompilerServices;

namespace LedgerLift.Auth;

/// <summary>The schedule of production: no point does anything, and a struct as type argument lets the JIT remove the calls.</summary>
internal readonly struct NoSchedulePoints : ISchedulePoints
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pass()
    {
        // Nothing: the call disappears.
    }
}
