using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore;

/// <summary>What is known of all components, or of some.</summary>
/// <param name="Timestamp">When it was put together.</param>
/// <param name="Components">The components.</param>
internal sealed record HealthSnapshot(DateTimeOffset Timestamp, IReadOnlyList<ComponentState> Components)
{
    /// <summary>What is wrong with the host itself; null for nothing.</summary>
    public string? HostIssue { get; init; }

    /// <summary>The worst of all.</summary>
    public HealthStatus Status =>
        HostIssue is not null ? HealthStatus.Unhealthy
        : Components.Count == 0 ? HealthStatus.Healthy
        : Components.Min(static component => component.Status);
}
