namespace LedgerLift.Data;

/// <summary>What the journal holds of one script.</summary>
internal sealed record JournalEntry(string Source, int Version, string Name, string Checksum, bool IsDone);
