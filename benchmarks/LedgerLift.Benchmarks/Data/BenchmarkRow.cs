namespace LedgerLift.Benchmarks;

/// <summary>A row of the benchmarks' table.</summary>
internal sealed class BenchmarkRow
{
    public long Id { get; init; }

    public required string Name { get; init; }
}
