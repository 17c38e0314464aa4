namespace LedgerLift.Logging;

/// <summary>The keys that lead to a value, innermost first. Positions in lists are not part of it.</summary>
internal sealed record KeyPath(KeyPath? Parent, string Key);
