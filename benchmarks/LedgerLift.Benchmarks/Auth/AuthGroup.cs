namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Auth beside those of its peers.</summary>
internal sealed class AuthGroup : IBenchmarkGroup
{
    public string Name => "auth";

    public string Notes => "The token store's part needs Redis.";

    public Task RunAsync(BenchmarkRun run) => Task.CompletedTask;
}
