namespace LedgerLift.Resilience.Tests;

/// <summary>
/// What a retry budget means, in the plainest words: a number of retries that time fills, in whole steps of 20 ms, up to a capacity; requests add a share
/// and a retry takes one. Immutable; time is the time since the budget was made.
/// </summary>
internal sealed record NaiveBudget(decimal Ratio, decimal PerSecond, decimal Capacity, decimal Retries, TimeSpan Time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    internal static NaiveBudget Of(RetryBudgetOptions options)
    {
        var reserve = options.MinRetriesPerSecond * (decimal)options.Window.TotalSeconds;
        return new NaiveBudget((decimal)options.Ratio, options.MinRetriesPerSecond, reserve == 0 ? 100 : reserve, reserve, TimeSpan.Zero);
    }

    internal NaiveBudget Requested() => this with { Retries = Math.Min(Capacity, Retries + Ratio) };

    internal NaiveBudget At(TimeSpan time)
    {
        var steps = (time.Ticks / Step.Ticks) - (Time.Ticks / Step.Ticks);
        return this with { Time = time, Retries = Math.Min(Capacity, Retries + (steps * PerSecond * (decimal)Step.TotalSeconds)) };
    }

    internal (NaiveBudget Budget, bool Granted) Withdrawn() => Retries >= 1 ? (this with { Retries = Retries - 1 }, true) : (this, false);
}
