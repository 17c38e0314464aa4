namespace LedgerLift.Auditing;

/// <summary>A logger that the health check <c>audit</c> can ask. Registered by whoever registers the logger.</summary>
public interface IAuditStatusSource
{
    /// <summary>How the trail is now; without I/O, at once, safe to call from any thread.</summary>
    /// <returns>The status.</returns>
    AuditStatus GetStatus();
}
