using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Benchmarks;

/// <summary>Measures scenarios interleaved: in every round each once, in a shuffled order, so that a slow moment of the machine meets all alike.</summary>
internal sealed class PairedHarness(MeasurementPlan plan)
{
    private const int WarmUpSteps = 8;

    // A batch is timed in parts and their median taken: a part in which another process took the processor does not count.
    private const int MostParts = 16;

    // The tiered compiler works when no new method was called for 100 ms.
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(250);

    // The order of the rounds is shuffled the same way in every run.
    private readonly Random _order = new(Seed: 20_260);

    public async Task<Comparison> MeasureAsync(string title, IReadOnlyList<Scenario> scenarios)
    {
        await WarmUpAsync(scenarios);
        var counts = new int[scenarios.Count];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = await CalibrateAsync(scenarios[i]);

        var samples = scenarios.Select(_ => new List<Sample>(plan.Rounds)).ToArray();
        var order = Enumerable.Range(0, scenarios.Count).ToArray();
        for (var round = 0; round < plan.Rounds; round++)
        {
            _order.Shuffle(order);
            foreach (var i in order)
                samples[i].Add(await SampleAsync(scenarios[i], counts[i]));
        }

        return new Comparison(
            title,
            [.. scenarios.Select(scenario => scenario.Name)],
            scenarios
                .Zip(samples)
                .ToDictionary(pair => pair.First.Name, IReadOnlyList<Sample> (pair) => pair.Second, StringComparer.Ordinal)
        );
    }

    // Small turns of all scenarios, so that code they share is profiled with all of them, with pauses in which the compiler's background thread catches up.
    private async Task WarmUpAsync(IReadOnlyList<Scenario> scenarios)
    {
        for (var step = 0; step < WarmUpSteps; step++)
        {
            foreach (var scenario in scenarios)
            {
                var start = Stopwatch.GetTimestamp();
                do await scenario.RunAsync(step == 0 ? 1 : 64);
                while (Stopwatch.GetElapsedTime(start) < plan.WarmUp / WarmUpSteps);
            }

            await Task.Delay(CompilerPause);
        }
    }

    private async Task<int> CalibrateAsync(Scenario scenario)
    {
        var count = 1;
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            await scenario.RunAsync(count);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= plan.Batch / 4 || count >= int.MaxValue / 4)
                return (int)Math.Clamp(plan.Batch / elapsed * count, 1, int.MaxValue / 2d);

            count *= 2;
        }
    }

    private static async Task<Sample> SampleAsync(Scenario scenario, int count)
    {
        var parts = new double[Math.Min(count, MostParts)];
        var callsOfPart = count / parts.Length;
        Settle();
        var bytesBefore = Allocated(scenario);
        for (var i = 0; i < parts.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await scenario.RunAsync(callsOfPart);
            parts[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / callsOfPart;
        }

        var bytes = Allocated(scenario) - bytesBefore;
        return new Sample(Spread.Of(parts).Median, (double)bytes / (callsOfPart * parts.Length));
    }

    private static long Allocated(Scenario scenario) =>
        scenario.StaysOnThread ? GC.GetAllocatedBytesForCurrentThread() : GC.GetTotalAllocatedBytes(precise: true);

    [SuppressMessage("Major Code Smell", "S1215", Justification = "One scenario's garbage must not be collected in another one's time.")]
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
