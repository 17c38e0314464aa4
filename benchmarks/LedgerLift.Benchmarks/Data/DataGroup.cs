namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Data beside those of its peers.</summary>
internal sealed class DataGroup : IBenchmarkGroup
{
    public string Name => "data";

    public string Notes => "Needs PostgreSQL.";

    public Task RunAsync(BenchmarkRun run) => Task.CompletedTask;
}
