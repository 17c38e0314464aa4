using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DocumentPipeline;

/// <summary>Makes the providers exist from the start, and sends what they hold at the end.</summary>
internal sealed class TelemetryStart(TracerProvider tracer, MeterProvider meter) : IHostedService
{
    private const int PatienceMilliseconds = 5_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                tracer.ForceFlush(PatienceMilliseconds);
                meter.ForceFlush(PatienceMilliseconds);
            },
            cancellationToken
        );
}
