using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>The health endpoints.</summary>
public static class HealthEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps <c>/health</c> (all components), <c>/health/{component}</c> (404 when there is none of the name), <c>/readiness</c> (all components, and off as soon as the host
    /// begins to stop) and <c>/liveness</c> (asks nothing). Healthy and degraded are 200, unhealthy 503. Components are the host's registered health checks; each is
    /// asked once at a time and has its time limit. No answer holds the text of an exception, a host or a user.
    /// </summary>
    /// <param name="endpoints">Where to map; a group's prefix stands in front.</param>
    /// <returns>All four, to add conventions to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddLedgerLiftAspNetCore</c> was not called, or two health checks have the same name.</exception>
    public static IEndpointConventionBuilder MapLedgerLiftHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var reporter =
            services.GetService<HealthReporter>()
            ?? throw new InvalidOperationException("Call services.AddLedgerLiftAspNetCore() before MapLedgerLiftHealth().");
        var health = new HealthEndpoints(
            reporter,
            services.GetRequiredService<ReadinessGate>(),
            services.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value.Health
        );
        var group = endpoints.MapGroup("");
        group.MapMethods("/health", Methods, health.AllAsync);
        group.MapMethods($"/health/{{{HealthEndpoints.ComponentParameter}}}", Methods, health.OneAsync);
        group.MapMethods("/readiness", Methods, health.ReadyAsync);
        group.MapMethods("/liveness", Methods, health.LiveAsync);
        return group;
    }
}
