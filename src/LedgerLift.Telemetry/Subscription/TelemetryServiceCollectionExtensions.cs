using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LedgerLift.Telemetry;

/// <summary>Subscribes a host to what LedgerLift reports.</summary>
public static class TelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Lets whatever tracing and metrics the host configures with OpenTelemetry, before or behind this line, listen to all LedgerLift packages. By itself it exports
    /// nothing and starts nothing. May be called twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        // Twice is harmless: the builder takes the second for the first.
        services.ConfigureOpenTelemetryTracerProvider(static (_, builder) => builder.AddLedgerLiftInstrumentation());
        services.ConfigureOpenTelemetryMeterProvider(static (_, builder) => builder.AddLedgerLiftInstrumentation());
        return services;
    }
}
