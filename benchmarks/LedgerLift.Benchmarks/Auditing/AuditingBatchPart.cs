namespace LedgerLift.Benchmarks;

/// <summary>Durable asynchronous entries of many callers beside inserts that are awaited one by one; then all that was written is sealed and verified.</summary>
internal sealed class AuditingBatchPart(AuditingTrail trail, AuditingPeerTables tables)
{
    private const int Entries = 2000;
    private const int Singles = 20;
    private const string Ours = "LogActionAsync, durable";
    private const string OneByOne = "one by one";
    private int _number;

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var connection = await tables.Source.OpenConnectionAsync();
        var calls = await run.CompareAsync(
            $"{Entries} entries together, {Singles} one by one",
            Scenario.Awaited(
                OneByOne,
                async () =>
                {
                    for (var done = 0; done < Singles; done++)
                        await tables.InsertAsync(connection, tables.Indexed, _number++);
                    return _number;
                }
            ),
            Scenario.Awaited(
                Ours,
                async () =>
                    (
                        await Task.WhenAll(
                            Enumerable.Range(0, Entries).Select(number => trail.Logger.LogActionAsync(AuditingRows.Action(number)).AsTask())
                        )
                    ).Length
            )
        );
        var gain = calls.Ratio(OneByOne, Ours).Median * Entries / Singles;
        run.Figure("auditing.async_to_one_by_one", gain, "x", Goal.AtLeast(20));
        run.Figure("auditing.async_rate", 1e9 * Entries / calls.Nanoseconds(Ours).Median, "entries/s", Goal.HigherIsBetter);
        await SealAsync(run);
    }

    private async Task SealAsync(BenchmarkRun run)
    {
        var started = TimeProvider.System.GetTimestamp();
        var entries = 0L;
        await run.OnceAsync("Seal all", async () => entries = await trail.Keeper.SealAsync());
        run.Figure("auditing.seal_rate", Rate(entries, started), "entries/s", Goal.HigherIsBetter);
        started = TimeProvider.System.GetTimestamp();
        await run.OnceAsync(
            "Verify all in the database",
            async () =>
            {
                var result = await trail.Keeper.VerifyAsync();
                entries = result.Clean ? result.Entries : throw new InvalidOperationException($"Not clean: {result.Tampers[0]}");
            }
        );
        run.Figure("auditing.verify_rate_in_database", Rate(entries, started), "entries/s", Goal.HigherIsBetter);
    }

    private static double Rate(long entries, long started) => entries / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
}
