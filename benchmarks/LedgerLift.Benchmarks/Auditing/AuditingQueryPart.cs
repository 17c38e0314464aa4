using LedgerLift.Auditing;
using LedgerLift.Testing;

namespace LedgerLift.Benchmarks;

/// <summary>The same pages in a small and in a large table.</summary>
internal static class AuditingQueryPart
{
    private const int Few = 50_000;
    private const int Many = 5_000_000;

    public static async Task RunAsync(BenchmarkRun run)
    {
        var clock = new ManualTimeProvider(AuditingRows.Start);
        await using var small = await AuditingTrail.CreateAsync(clock);
        await using var large = await AuditingTrail.CreateAsync(clock);
        await small.FillAsync(Few);
        await large.FillAsync(run.IsDry ? Few : Many);
        var worst = 0.0;
        foreach (var (name, filters) in Questions())
        {
            var calls = await run.CompareAsync(
                name,
                Scenario.Awaited("50 000 entries", await PageAsync(small, filters)),
                Scenario.Awaited("5 000 000 entries", await PageAsync(large, filters))
            );
            if (!run.IsDry)
                worst = Math.Max(worst, calls.Ratio("5 000 000 entries", "50 000 entries").Median);
        }

        run.Figure("auditing.query_large_to_small", worst, "x", Goal.AtMost(2));
    }

    private static IEnumerable<(string Name, AuditFilters Filters)> Questions()
    {
        yield return ("The page after the newest", new AuditFilters());
        yield return ("A user's page", new AuditFilters { UserId = "user-7" });
        yield return (
            "A user's page by action, type and result in four months",
            new AuditFilters
            {
                UserId = "user-13",
                Action = "document.approve",
                ResourceType = "document",
                Result = "success",
                From = AuditingRows.Start.AddDays(30),
                To = AuditingRows.Start.AddDays(150),
            }
        );
    }

    /// <summary>Asks for the second page again and again, so that the place of a cursor is part of the question.</summary>
    private static async Task<Func<ValueTask<int>>> PageAsync(AuditingTrail trail, AuditFilters filters)
    {
        var first = await trail.Logger.QueryAsync(filters);
        var next = filters with { Cursor = first.NextCursor ?? throw new InvalidOperationException("There is one page only.") };
        return async () => (await trail.Logger.QueryAsync(next)).Entries.Count;
    }
}
