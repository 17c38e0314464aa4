namespace LedgerLift.Auditing.Tests;

/// <summary>What a verification must say about a tampering: a kind at a position.</summary>
internal sealed record ExpectedFinding(string Kind, long Position);
