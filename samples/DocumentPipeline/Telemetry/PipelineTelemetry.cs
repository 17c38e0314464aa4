using LedgerLift.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DocumentPipeline;

/// <summary>Sends spans and metrics to a collector when the standard variables name one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).</summary>
public static class PipelineTelemetry
{
    /// <summary>Registers the export; without a collector nothing happens.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Holds the standard variables.</param>
    /// <param name="serviceName">What the program is called where <c>OTEL_SERVICE_NAME</c> does not say.</param>
    /// <param name="sources">Sources of spans beside LedgerLift's, the database driver's and the pipeline's own.</param>
    /// <param name="meters">Meters beside those.</param>
    public static IServiceCollection AddPipelineTelemetry(
        this IServiceCollection services,
        IConfiguration configuration,
        string serviceName,
        string[] sources,
        string[] meters
    )
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return services;
        var resource = ResourceBuilder.CreateDefault().AddService(configuration["OTEL_SERVICE_NAME"] ?? serviceName);
        services.AddSingleton(_ =>
            Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(["Npgsql", DocumentActivity.SourceName, .. sources])
                .AddLedgerLiftInstrumentation()
                .AddOtlpExporter()
                .Build()
        );
        services.AddSingleton(_ =>
            Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(["Npgsql", .. meters])
                .AddLedgerLiftInstrumentation()
                .AddOtlpExporter()
                .Build()
        );
        return services.AddHostedService<TelemetryStart>();
    }
}
