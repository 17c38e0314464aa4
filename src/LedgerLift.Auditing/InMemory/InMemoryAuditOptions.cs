namespace LedgerLift.Auditing;

/// <summary>How much an <see cref="InMemoryAuditLogger"/> keeps. Read once, when the logger is made.</summary>
public sealed class InMemoryAuditOptions
{
    /// <summary>The most entries kept; from 1 to 10 000 000. The default is 10 000. One more entry pushes out the oldest one.</summary>
    public int MaxEntries { get; set; } = 10_000;
}
