namespace LedgerLift.Benchmarks;

/// <summary>What the slow-query detection costs a command that is not slow.</summary>
internal sealed class HookPart(DataDatabases databases)
{
    private const string Bare = "without the hook";
    private const string Hooked = "with the hook";
    private const int Connections = 4;
    private const int TurnsOfRound = 2000;

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var bare = await PreparedCommands.PrepareAsync(databases.OpenRaw(), Connections);
        await using var hooked = await PreparedCommands.PrepareAsync(databases.Open().DataSource, Connections);

        var calls = await new AlternatingCalls(run).CompareAsync(
            "A prepared command",
            TurnsOfRound,
            new AlternatingCall(Bare, bare.ExecuteNextAsync),
            new AlternatingCall(Hooked, hooked.ExecuteNextAsync)
        );

        var cost = calls.Overhead(Hooked, Bare).Median;
        run.Figure("data.hook_ns", cost, "ns", Goal.LowerIsBetter);
        run.Figure("data.hook_percent", cost / calls.Nanoseconds(Bare).Median * 100, "%", Goal.AtMost(1));
        run.Figure("data.hook_alloc", calls.ExtraBytes(Hooked, Bare).Median, "B", Goal.LowerIsBetter);
    }
}
