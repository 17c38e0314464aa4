namespace LedgerLift.Resilience;

/// <summary>
/// Where lock-free code may be interrupted: it calls <see cref="Yield" /> beside each read and each compare-and-swap, so that a test can
/// drive every interleaving. Code is generic over a struct of this kind; with <see cref="NoSchedulePoints" /> the calls vanish in the JIT.
/// </summary>
internal interface ISchedulePoints
{
    /// <summary>Marks that the calling thread stands at a point where another thread may overtake it.</summary>
    /// <param name="point">Which point of the algorithm: a constant of the algorithm, named there.</param>
    static abstract void Yield(int point);
}
