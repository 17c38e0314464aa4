namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Logging beside those of its peers.</summary>
internal sealed class LoggingGroup : IBenchmarkGroup
{
    public string Name => "logging";

    public string Notes => "Needs no server.";

    public Task RunAsync(BenchmarkRun run) => Task.CompletedTask;
}
