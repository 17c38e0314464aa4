namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Counts what the calling thread allocates in a batch of calls: the least of five batches. What a call allocates shows in every batch; what the
/// runtime does once in a while, such as compiling anew or making one more pooled box, does not.
/// </summary>
internal static class LeastAllocated
{
    private const int Batches = 5;

    internal static long Bytes(Action call, int calls)
    {
        Repeat(call, calls);
        var least = long.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(call, calls);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Repeat(Action call, int calls)
    {
        for (var number = 0; number < calls; number++)
            call();
    }
}
