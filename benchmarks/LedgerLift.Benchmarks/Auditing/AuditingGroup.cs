namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Auditing beside those of its peers.</summary>
internal sealed class AuditingGroup : IBenchmarkGroup
{
    public string Name => "auditing";

    public string Notes => "Needs PostgreSQL.";

    public async Task RunAsync(BenchmarkRun run)
    {
        using var verification = new AuditingVerifyPart();
        await verification.RunAsync(run);
    }
}
