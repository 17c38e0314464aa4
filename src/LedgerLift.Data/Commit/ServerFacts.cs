namespace LedgerLift.Data;

/// <summary>What the server says of itself when an outcome is looked up.</summary>
/// <param name="Era">Its era now.</param>
/// <param name="NextIdAtCheckpoint">The first transaction id that had not been given out at its last checkpoint.</param>
/// <param name="SinceRecovery">The time since its last crash recovery began, or since its statistics were reset.</param>
internal sealed record ServerFacts(ServerEra Era, ulong NextIdAtCheckpoint, TimeSpan SinceRecovery);
