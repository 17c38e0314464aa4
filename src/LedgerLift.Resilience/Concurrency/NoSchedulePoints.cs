using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>The schedule of production: no point does anything, and a struct type argument lets the JIT remove the calls.</summary>
internal readonly struct NoSchedulePoints : ISchedulePoints
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Yield(int point)
    {
        // Nothing: the call disappears.
    }
}
