namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Whether a concurrent run can be explained by the reference doing the same operations one after another, in an order that keeps two operations
/// apart that did not overlap. An operation happens at the time that it read itself; operations that change something never go back in time.
/// </summary>
/// <remarks>
/// Of several reports on one call, the first takes the call away from the others, which may return before the first has had its effect. Which one is
/// first cannot be seen, so each that began before another ended is tried, and the others count for nothing.
/// </remarks>
internal static class Linearizability
{
    /// <summary>Searches such an order.</summary>
    /// <param name="start">The reference, brought to the state in which the run began.</param>
    /// <param name="history">What the threads did.</param>
    /// <param name="isOutcome">Whether a reference that has done it all looks like what was found in the end.</param>
    public static bool Explains(ReferenceBreaker start, IReadOnlyList<HistoryEntry> history, Func<ReferenceBreaker, bool> isOutcome) =>
        WithOneReportForEachCall([.. history]).Any(operations => Search(start, operations, isOutcome, start.Now));

    private static IEnumerable<List<HistoryEntry>> WithOneReportForEachCall(List<HistoryEntry> history)
    {
        var reports = history
            .Where(entry => entry.Command.IsReport)
            .GroupBy(entry => entry.Command.Number)
            .FirstOrDefault(group => group.Count() > 1);
        if (reports is null)
            return [history];
        var lastPossible = reports.Min(report => report.Returned);
        return reports
            .Where(first => first.Invoked < lastPossible)
            .SelectMany(first => WithOneReportForEachCall([.. history.Except(reports.Where(report => report != first))]));
    }

    private static bool Search(ReferenceBreaker state, List<HistoryEntry> open, Func<ReferenceBreaker, bool> isOutcome, TimeSpan lastChange)
    {
        if (open.Count == 0)
            return isOutcome(state);
        var firstReturn = open.Min(entry => entry.Returned);
        foreach (var entry in open.Where(entry => entry.Invoked < firstReturn))
        {
            var next = state.Copy();
            if (!Does(next, entry, lastChange, out var changed))
                continue;
            var rest = open.Where(other => other != entry).ToList();
            if (Search(next, rest, isOutcome, changed ? next.Now : lastChange))
                return true;
        }

        return false;
    }

    private static bool Does(ReferenceBreaker state, HistoryEntry entry, TimeSpan lastChange, out bool changed)
    {
        state.Now = entry.Reading ?? lastChange;
        var before = Essence(state.Snapshot());
        var answer = entry.Command.ApplyTo(state);
        changed = before != Essence(state.Snapshot());
        return Equals(Essence(answer), Essence(entry.Answer)) && (!changed || entry.Reading >= lastChange);
    }

    // Refusals and late results are counted beside the state, so a snapshot may be ahead or behind by calls under way; the outcome is compared whole.
    private static object? Essence(object? answer) => answer is BreakerSnapshot snapshot ? Essence(snapshot) : answer;

    private static BreakerSnapshot Essence(BreakerSnapshot snapshot) => snapshot with { Rejections = 0, StaleResults = 0 };
}
