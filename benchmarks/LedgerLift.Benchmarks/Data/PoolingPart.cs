using LedgerLift.Data;

namespace LedgerLift.Benchmarks;

/// <summary>How many calls a second a service gets through with the pool and without it.</summary>
internal sealed class PoolingPart(DataDatabases databases)
{
    private const int Callers = 8;
    private const string Pooled = "pooled";
    private const string Unpooled = "unpooled (Serverless)";

    public async Task RunAsync(BenchmarkRun run)
    {
        var pooled = databases.Open();
        var serverless = databases.Open(mode: PoolingMode.Serverless);

        var calls = await run.CompareAsync(
            $"{Callers} callers at once",
            Scenario.Awaited(Pooled, () => AskAllAsync(pooled)),
            Scenario.Awaited(Unpooled, () => AskAllAsync(serverless))
        );

        run.Figure("data.pooled_throughput", 1e9 * Callers / calls.Nanoseconds(Pooled).Median, "1/s", Goal.HigherIsBetter);
        run.Figure("data.unpooled_throughput", 1e9 * Callers / calls.Nanoseconds(Unpooled).Median, "1/s", Goal.HigherIsBetter);
        run.Figure("data.pooled_gain", (calls.Ratio(Unpooled, Pooled).Median - 1) * 100, "% faster", Goal.HigherIsBetter);
    }

    private static async ValueTask<int> AskAllAsync(PostgresDatabase database) =>
        (await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskAsync(database)))).Sum();

    private static async Task<int> AskAsync(PostgresDatabase database)
    {
        await using var session = await database.OpenSessionAsync();
        await using var command = session.CreateCommand("SELECT 1");
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
