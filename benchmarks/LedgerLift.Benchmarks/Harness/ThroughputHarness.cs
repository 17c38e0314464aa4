using System.Diagnostics;

namespace LedgerLift.Benchmarks;

/// <summary>How many calls a second one and several threads get through on one shared object, interleaved as in <see cref="PairedHarness"/>.</summary>
internal sealed class ThroughputHarness(MeasurementPlan plan)
{
    private const int Slice = 1024;

    private readonly Random _order = new(Seed: 20_261);

    /// <summary>Rows named <c>scenario, n threads</c>, whose time is that between two calls of all threads together.</summary>
    public Comparison Measure(string title, IReadOnlyList<ThreadedScenario> scenarios, IReadOnlyList<int> threadCounts)
    {
        var runs = scenarios.SelectMany(scenario => threadCounts.Select(threads => new ThroughputRun(scenario, threads, []))).ToArray();
        for (var warmUp = plan.WarmUp; warmUp > TimeSpan.Zero; warmUp -= plan.Batch)
        {
            foreach (var run in runs)
                NanosecondsBetweenCalls(run);
        }

        var order = runs.ToArray();
        for (var round = 0; round < plan.Rounds; round++)
        {
            _order.Shuffle(order);
            foreach (var run in order)
                run.Samples.Add(new Sample(NanosecondsBetweenCalls(run), double.NaN));
        }

        return new Comparison(
            title,
            [.. runs.Select(run => run.Name)],
            runs.ToDictionary(run => run.Name, IReadOnlyList<Sample> (run) => run.Samples, StringComparer.Ordinal)
        );
    }

    /// <summary>The name under which a scenario's row with so many threads stands.</summary>
    public static string RowName(string scenario, int threads) => $"{scenario}, {threads} thread{(threads == 1 ? "" : "s")}";

    private double NanosecondsBetweenCalls(ThroughputRun run)
    {
        using var start = new Barrier(run.Threads);
        var callsPerNanosecond = new double[run.Threads];
        var threads = Enumerable
            .Range(0, run.Threads)
            .Select(number => new Thread(() => callsPerNanosecond[number] = Repeat(run.Scenario.CallsOf(number), start)))
            .ToArray();
        foreach (var thread in threads)
            thread.Start();

        foreach (var thread in threads)
            thread.Join();

        return 1 / callsPerNanosecond.Sum();
    }

    private double Repeat(Scenario scenario, Barrier start)
    {
        start.SignalAndWait();
        var calls = 0L;
        var begin = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            if (!scenario.RunAsync(Slice).IsCompletedSuccessfully)
                throw new InvalidOperationException("Throughput is measured of calls that complete at once.");

            calls += Slice;
            elapsed = Stopwatch.GetElapsedTime(begin);
        } while (elapsed < plan.Batch);

        return calls / elapsed.TotalNanoseconds;
    }

    private sealed record ThroughputRun(ThreadedScenario Scenario, int Threads, List<Sample> Samples)
    {
        public string Name => RowName(Scenario.Name, Threads);
    }
}
