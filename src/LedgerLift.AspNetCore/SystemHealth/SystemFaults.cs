using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore;

/// <summary>Gathers what is wrong in one measurement.</summary>
internal sealed class SystemFaults
{
    private readonly List<string> _faults = [];
    private HealthStatus _status = HealthStatus.Healthy;

    public void Judge(string what, double share, double warning, double limit)
    {
        if (share < warning)
            return;

        Add(
            share >= limit ? HealthStatus.Unhealthy : HealthStatus.Degraded,
            string.Create(CultureInfo.InvariantCulture, $"{what} at {share * 100:0} %")
        );
    }

    public void Unknown(string what) => Add(HealthStatus.Degraded, $"{what} cannot be read");

    public HealthCheckResult ToResult(IReadOnlyDictionary<string, object> data) =>
        new(_status, _faults.Count == 0 ? null : string.Join(", ", _faults), exception: null, data);

    private void Add(HealthStatus status, string fault)
    {
        _status = status < _status ? status : _status;
        _faults.Add(fault);
    }
}
