using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Benchmarks;

/// <summary>Measures uploads, which take too long to be called by the thousand: each scenario once a round, in shuffled order, after one round that does not count.</summary>
internal sealed class TransferHarness(BenchmarkRun run, int rounds)
{
    // The order of the rounds is shuffled the same way in every run.
    private readonly Random _order = new(Seed: 20_261);
    private readonly Dictionary<string, List<double>> _processorTime = new(StringComparer.Ordinal);
    private int _uploads;

    public async Task<Comparison> MeasureAsync(string title, params IReadOnlyList<TransferScenario> scenarios)
    {
        foreach (var scenario in scenarios)
            await run.OnceAsync($"{title}: {scenario.Name}", () => scenario.Upload(++_uploads));
        var samples = scenarios.ToDictionary(scenario => scenario.Name, _ => new List<Sample>(), StringComparer.Ordinal);
        var order = scenarios.ToArray();
        for (var round = 0; round < (run.IsDry ? 0 : rounds); round++)
        {
            _order.Shuffle(order);
            foreach (var scenario in order)
                samples[scenario.Name].Add(await SampleAsync(scenario));
        }

        var comparison = new Comparison(
            title,
            run.IsDry ? [] : [.. scenarios.Select(scenario => scenario.Name)],
            samples.ToDictionary(pair => pair.Key, IReadOnlyList<Sample> (pair) => pair.Value, StringComparer.Ordinal)
        );
        foreach (var row in comparison.Rows())
            run.Add(row);
        return comparison;
    }

    private async Task<Sample> SampleAsync(TransferScenario scenario)
    {
        Settle();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await scenario.Upload(++_uploads);
        var elapsed = Stopwatch.GetElapsedTime(start);
        AddProcessorTime(scenario.Name, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        return new Sample(elapsed.TotalNanoseconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    /// <summary>Milliseconds of processor time for one upload, of this process only; the median of the rounds.</summary>
    public double ProcessorTime(string scenario) => Spread.Of(_processorTime.GetValueOrDefault(scenario, [])).Median;

    private void AddProcessorTime(string scenario, double milliseconds)
    {
        if (!_processorTime.TryGetValue(scenario, out var all))
            _processorTime[scenario] = all = [];
        all.Add(milliseconds);
    }

    [SuppressMessage("Major Code Smell", "S1215", Justification = "One scenario's garbage must not be collected in another one's time.")]
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
