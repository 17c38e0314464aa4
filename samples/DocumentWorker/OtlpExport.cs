using LedgerLift.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DocumentWorkerProgram;

/// <summary>Sends spans and metrics to a collector when the standard variables name one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).</summary>
internal static class OtlpExport
{
    public static void Add(HostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "ledgerlift-document-worker");
        builder.Services.AddSingleton(_ =>
            Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Npgsql")
                .AddLedgerLiftInstrumentation()
                .AddOtlpExporter()
                .Build()
        );
        builder.Services.AddSingleton(_ =>
            Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("Npgsql")
                .AddLedgerLiftInstrumentation()
                .AddOtlpExporter()
                .Build()
        );
        builder.Services.AddHostedService<OtlpStart>();
    }

    // Asking for the providers makes them; the container disposes them, which sends what they hold.
    private sealed class OtlpStart(TracerProvider tracer, MeterProvider meter) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) =>
            Task.Run(
                () => tracer.ForceFlush(timeoutMilliseconds: 5_000) && meter.ForceFlush(timeoutMilliseconds: 5_000),
                cancellationToken
            );
    }
}
