namespace LedgerLift.Auditing.Tests;

/// <summary>A logger that always says the same of itself.</summary>
internal sealed class FixedStatus(AuditState state) : IAuditStatusSource
{
    public AuditStatus GetStatus() => new(state, "as told", new Dictionary<string, long>(StringComparer.Ordinal));
}
