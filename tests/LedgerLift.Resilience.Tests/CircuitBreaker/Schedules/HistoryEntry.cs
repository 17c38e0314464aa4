namespace LedgerLift.Resilience.Tests;

/// <summary>One operation of a concurrent run.</summary>
/// <param name="Thread">Who did it.</param>
/// <param name="Command">What was done.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Reading">The time that the operation read last, by which it decided; null when it read none.</param>
/// <param name="Invoked">When it began, in steps of the run.</param>
/// <param name="Returned">When it ended.</param>
internal sealed record HistoryEntry(int Thread, BreakerCommand Command, object? Answer, TimeSpan? Reading, int Invoked, int Returned);
