using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>A check that says what it is told to, and counts.</summary>
internal sealed class ScriptedCheck : IHealthCheck
{
    private int _calls;

    public Func<CancellationToken, Task<HealthCheckResult>> Answer { get; set; } = static _ => Task.FromResult(HealthCheckResult.Healthy());

    public int Calls => Volatile.Read(ref _calls);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return Answer(cancellationToken);
    }
}
