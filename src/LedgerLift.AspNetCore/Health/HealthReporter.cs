using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Asks the registered health checks, all side by side. Thread-safe.</summary>
internal sealed class HealthReporter
{
    private readonly Dictionary<string, ComponentProbe> _probes = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    public HealthReporter(
        IEnumerable<HealthCheckRegistration> registrations,
        IServiceScopeFactory scopes,
        LedgerLiftHealthOptions options,
        TimeProvider time,
        ILogger<HealthReporter> logger
    )
    {
        _time = time;
        foreach (var registration in registrations)
            Add(new ComponentProbe(registration, scopes, options, time, logger));
    }

    public static HealthReporter Create(IServiceProvider services) =>
        new(
            services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations,
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value.Health,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILogger<HealthReporter>>() ?? NullLogger<HealthReporter>.Instance
        );

    /// <summary>All components.</summary>
    public async Task<HealthSnapshot> CheckAsync(CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(_probes.Values.Select(probe => probe.CheckAsync(cancellationToken))).ConfigureAwait(false);
        return new HealthSnapshot(_time.GetUtcNow(), states);
    }

    /// <summary>One component; null when there is none of this name.</summary>
    public async Task<HealthSnapshot?> CheckAsync(string component, CancellationToken cancellationToken = default)
    {
        if (!_probes.TryGetValue(component, out var probe))
            return null;

        var state = await probe.CheckAsync(cancellationToken).ConfigureAwait(false);
        return new HealthSnapshot(_time.GetUtcNow(), [state]);
    }

    /// <summary>Nothing is asked: the host serves, or says what keeps it from that.</summary>
    public HealthSnapshot Alone(string? issue = null) => new(_time.GetUtcNow(), []) { HostIssue = issue };

    private void Add(ComponentProbe probe)
    {
        if (!_probes.TryAdd(probe.Name, probe))
            throw new InvalidOperationException($"Two health checks have the name '{probe.Name}'.");
    }
}
