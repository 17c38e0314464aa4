using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Auditing;

/// <summary>The health check <c>audit</c>: what the logger says of itself.</summary>
internal sealed class AuditHealthCheck(IAuditStatusSource source) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = source.GetStatus();
        var health = status.State switch
        {
            AuditState.Healthy => HealthStatus.Healthy,
            AuditState.Degraded => HealthStatus.Degraded,
            _ => HealthStatus.Unhealthy,
        };
        var data = status.Figures.ToDictionary(static figure => figure.Key, static figure => (object)figure.Value, StringComparer.Ordinal);
        return Task.FromResult(new HealthCheckResult(health, status.Description, exception: null, data));
    }
}
