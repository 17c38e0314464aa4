namespace LedgerLift.Resilience.Tests;

/// <summary>The same random numbers for every contender and every run: each scenario starts the series anew.</summary>
internal static class ScenarioChance
{
    private static readonly AsyncLocal<Random?> Source = new();

    internal static void Restart() => Source.Value = new Random(20260821);

    internal static double Draw()
    {
        var source = Source.Value ?? throw new InvalidOperationException("A scenario begins with Restart.");
        lock (source)
            return source.NextDouble();
    }
}
