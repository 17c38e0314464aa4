namespace LedgerLift.Auditing;

/// <summary>What a logger says of itself at one moment.</summary>
/// <param name="State">How it is.</param>
/// <param name="Description">Why, in one sentence without anything from an entry.</param>
/// <param name="Figures">Numbers by name.</param>
public sealed record AuditStatus(AuditState State, string Description, IReadOnlyDictionary<string, long> Figures);
