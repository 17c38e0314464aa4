namespace LedgerLift.Benchmarks.Tests;

/// <summary>A group that does what the test says.</summary>
internal sealed class StubGroup(Func<BenchmarkRun, Task> measure) : IBenchmarkGroup
{
    public string Name => "stub";

    public string Notes => "Notes of the stub.";

    public Task RunAsync(BenchmarkRun run) => measure(run);
}
