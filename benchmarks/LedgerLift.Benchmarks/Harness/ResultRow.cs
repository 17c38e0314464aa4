namespace LedgerLift.Benchmarks;

/// <summary>One line of a group's table.</summary>
/// <param name="Comparison">The title under which it stands.</param>
/// <param name="Scenario">What was called.</param>
/// <param name="Nanoseconds">A call; for a row of threads, the time between two calls of all threads together.</param>
/// <param name="Bytes">A call; not a number where it was not counted.</param>
/// <param name="RatioToBaseline">Median over the rounds of this row's time to that of the first row.</param>
internal sealed record ResultRow(string Comparison, string Scenario, Spread Nanoseconds, double Bytes, double RatioToBaseline);
