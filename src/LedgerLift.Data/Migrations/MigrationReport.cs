namespace LedgerLift.Data;

/// <summary>What a migration did.</summary>
/// <param name="Applied">The scripts applied now, in order.</param>
/// <param name="AlreadyApplied">The scripts that had been applied before, in order.</param>
/// <param name="Duration">The time it took, waiting for other migrators included.</param>
public sealed record MigrationReport(IReadOnlyList<string> Applied, IReadOnlyList<string> AlreadyApplied, TimeSpan Duration);
