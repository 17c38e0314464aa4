using System.Diagnostics;

namespace LedgerLift.Logging.Tests;

/// <summary>Asserts what a call allocates once the tiered compiler has finished with it; unoptimised code boxes what optimised code does not.</summary>
internal static class Allocation
{
    private const int Calls = 1000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static void IsAtMost(double bytesACall, Action call)
    {
        var start = Stopwatch.GetTimestamp();
        double measured;
        do measured = Measure(call);
        while (measured > bytesACall && Stopwatch.GetElapsedTime(start) < s_patience);

        Assert.True(measured <= bytesACall, $"{measured} bytes a call, expected {bytesACall} at most");
    }

    public static void IsZero(Action call) => IsAtMost(0, call);

    private static double Measure(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            call();

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
