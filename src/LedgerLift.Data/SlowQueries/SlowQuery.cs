namespace LedgerLift.Data;

/// <summary>A command that took <see cref="DatabaseOptions.SlowQueryThreshold"/> or longer.</summary>
/// <param name="Text">The SQL with literals masked, cut to 2 KiB. Parameters' values are never in it.</param>
/// <param name="Duration">From sending it to closing its result.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Plan">
/// Its generic plan with literals masked, cut to 4 KiB; null when none was taken (<see cref="DatabaseOptions.SlowQueryPlans"/>).
/// </param>
public sealed record SlowQuery(string Text, TimeSpan Duration, QueryOutcome Outcome, DateTimeOffset At, string? Plan);
