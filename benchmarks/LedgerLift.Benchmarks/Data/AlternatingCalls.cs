using System.Diagnostics;

namespace LedgerLift.Benchmarks;

/// <summary>
/// Calls that wait for a server, measured in turns call by call, in a shuffled order: what else the machine does lasts longer than one call and so meets all of
/// them. Every turn is a round of the comparison.
/// </summary>
internal sealed class AlternatingCalls(BenchmarkRun run)
{
    private const int CallsForBytes = 500;

    private readonly Random _order = new(Seed: 20_261);

    public async Task<Comparison> CompareAsync(string title, int turnsOfRound, params IReadOnlyList<AlternatingCall> calls)
    {
        if (run.IsDry)
            return await run.CompareAsync(title, [.. calls.Select(call => Scenario.Awaited(call.Name, call.Call))]);

        await WarmUpAsync(calls);
        var times = await TakeTurnsAsync(calls, turnsOfRound * run.Plan.Rounds);
        var samples = new Dictionary<string, IReadOnlyList<Sample>>(StringComparer.Ordinal);
        foreach (var (call, index) in calls.Select((call, index) => (call, index)))
        {
            var bytes = await BytesAsync(call);
            samples[call.Name] = [.. times[index].Select(time => new Sample(time, bytes))];
        }

        var comparison = new Comparison(title, [.. calls.Select(call => call.Name)], samples);
        foreach (var row in comparison.Rows())
            run.Add(row);
        return comparison;
    }

    private async Task WarmUpAsync(IReadOnlyList<AlternatingCall> calls)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < run.Plan.WarmUp * calls.Count)
        {
            foreach (var call in calls)
                await call.Call();
        }
    }

    private async Task<double[][]> TakeTurnsAsync(IReadOnlyList<AlternatingCall> calls, int turns)
    {
        var times = calls.Select(_ => new double[turns]).ToArray();
        var order = Enumerable.Range(0, calls.Count).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            _order.Shuffle(order);
            foreach (var index in order)
            {
                var start = Stopwatch.GetTimestamp();
                await calls[index].Call();
                // Not as a TimeSpan, which counts in hundreds of nanoseconds.
                times[index][turn] = (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency);
            }
        }

        return times;
    }

    private static async Task<double> BytesAsync(AlternatingCall call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < CallsForBytes; i++)
            await call.Call();
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / CallsForBytes;
    }
}
