using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>What the slow-query detection costs a command that is not slow.</summary>
internal sealed class HookPart(DataDatabases databases)
{
    private const string Bare = "without the hook";
    private const string Hooked = "with the hook";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var bare = await PrepareAsync(databases.Raw);
        await using var hooked = await PrepareAsync(databases.Ours.DataSource);

        var calls = await run.CompareAsync(
            "A prepared command",
            Scenario.Awaited(Bare, () => new ValueTask<int>(bare.ExecuteNonQueryAsync())),
            Scenario.Awaited(Hooked, () => new ValueTask<int>(hooked.ExecuteNonQueryAsync()))
        );

        run.Figure("data.hook_percent", (calls.Ratio(Hooked, Bare).Median - 1) * 100, "%", Goal.AtMost(1));
        run.Figure("data.hook_alloc", calls.ExtraBytes(Hooked, Bare).Median, "B", Goal.LowerIsBetter);
    }

    private static async Task<NpgsqlCommand> PrepareAsync(NpgsqlDataSource dataSource)
    {
        var connection = await dataSource.OpenConnectionAsync();
        var command = new NpgsqlCommand("SELECT 1", connection);
        await command.PrepareAsync();
        return command;
    }
}
