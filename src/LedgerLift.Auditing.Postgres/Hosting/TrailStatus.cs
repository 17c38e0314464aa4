namespace LedgerLift.Auditing.Postgres;

/// <summary>What the health check <c>audit</c> hears: spill, losses, seals. Thread-safe, without I/O.</summary>
internal sealed class TrailStatus(PostgresAuditingOptions options, PostgresAuditLogger logger, PostgresAuditTrail trail)
    : IAuditStatusSource
{
    public AuditStatus GetStatus()
    {
        var lanes = logger.Deliveries;
        var lag = trail.State.Lag;
        var figures = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["queueDepth"] = lanes.Depth,
            ["spillBytes"] = lanes.SpillBytes,
            ["dropped"] = lanes.Metrics.TotalDropped,
            ["sealLagSeconds"] = (long)lag.TotalSeconds,
        };
        var (state, description) = Judge(lanes, lag);
        return new AuditStatus(state, description, figures);
    }

    private (AuditState State, string Description) Judge(DeliveryLanes lanes, TimeSpan lag)
    {
        if (lanes.Metrics.HasLostLately)
            return (AuditState.Unhealthy, "Audit entries were lost in the last minutes.");
        if (string.Equals(trail.State.Fault, PostgresAuditErrorCodes.TrailAltered, StringComparison.Ordinal))
            return (AuditState.Unhealthy, "The stored audit trail was changed; nothing is sealed on top of it.");
        if (lanes.IsOutage)
            return (AuditState.Degraded, "The audit database cannot be written to; entries are kept on disk.");
        if (trail.State.Fault is { } fault)
            return (AuditState.Degraded, $"The audit trail is not being sealed ({fault}).");
        return lag > options.SealLagLimit
            ? (AuditState.Degraded, "Entries wait too long for their seal; an old transaction may be open.")
            : (AuditState.Healthy, "Audit entries are written and sealed.");
    }
}
