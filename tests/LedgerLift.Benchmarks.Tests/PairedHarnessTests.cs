using System.Diagnostics;

namespace LedgerLift.Benchmarks.Tests;

[Collection(nameof(MeasuringCollection))]
public sealed class PairedHarnessTests
{
    private static readonly MeasurementPlan Plan = new(Rounds: 5, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(8));

    [Fact]
    public async Task Allocation_is_counted_a_call()
    {
        var comparison = await new PairedHarness(Plan).MeasureAsync(
            "allocation",
            [
                Scenario.Call("nothing", static () => 1),
                Scenario.Call("call", static () => new byte[1000]),
                Scenario.Completed("completed", static () => ValueTask.FromResult(new byte[1000])),
                Scenario.Awaited("awaited", static async () => await AllocateElsewhereAsync()),
            ]
        );

        // What the runtime does once, such as compiling anew, falls into some rounds; what a call allocates into all.
        Assert.Equal(0, comparison.Bytes("nothing").Minimum);
        Assert.Equal(1024, comparison.Bytes("call").Median);
        Assert.Equal(1024, comparison.Bytes("completed").Median);
        // The tasks of the call itself come on top, and on a busy machine those of a batch of few calls.
        Assert.InRange(comparison.Bytes("awaited").Median, 1024, 4096);
    }

    [Fact]
    public async Task What_works_longer_takes_longer()
    {
        var comparison = await new PairedHarness(Plan).MeasureAsync(
            "time",
            [Scenario.Call("short", static () => Spin(10)), Scenario.Call("long", static () => Spin(100))]
        );

        Assert.InRange(comparison.Ratio("long", to: "short").Median, 5, 20);
        Assert.InRange(comparison.Nanoseconds("long").Minimum, 100_000, double.MaxValue);
    }

    [Fact]
    public async Task A_call_that_is_still_running_is_refused_where_complete_ones_are_expected()
    {
        var scenario = Scenario.Completed("running", static async () => await AllocateElsewhereAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scenario.RunAsync(100));
    }

    [Fact]
    public void Threads_share_an_object_and_are_counted_together()
    {
        IReadOnlyList<int> counts = [1, 2];
        var threads = new HashSet<int>();
        var comparison = new ThroughputHarness(Plan).Measure(
            "threads",
            [new ThreadedScenario("spin", number => Count(threads, number))],
            threadCounts: counts
        );

        Assert.Equal([0, 1], threads.Order());
        Assert.Equal("spin, 1 thread; spin, 2 threads", string.Join("; ", comparison.Rows().Select(row => row.Scenario)));
        Assert.All(comparison.Rows(), static row => Assert.True(row.Nanoseconds.Minimum > 0));
    }

    private static Scenario Count(HashSet<int> threads, int number)
    {
        lock (threads)
            threads.Add(number);

        return Scenario.Call("spin", static () => 1);
    }

    private static int Spin(int microseconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
            Thread.SpinWait(1);

        return microseconds;
    }

    private static async ValueTask<byte[]> AllocateElsewhereAsync()
    {
        await Task.Yield();
        return new byte[1000];
    }
}
