namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Auditing beside those of its peers.</summary>
internal sealed class AuditingGroup : IBenchmarkGroup
{
    public string Name => "auditing";

    public string Notes => "Needs PostgreSQL.";

    public Task RunAsync(BenchmarkRun run) => Task.CompletedTask;
}
