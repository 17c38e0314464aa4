namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Storage beside those of its peers.</summary>
internal sealed class StorageGroup : IBenchmarkGroup
{
    public string Name => "storage";

    public string Notes => "Needs the S3 server.";

    public Task RunAsync(BenchmarkRun run) => Task.CompletedTask;
}
