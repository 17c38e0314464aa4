using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace UploadHost;

/// <summary>Makes the providers exist from the start and send what they hold at the end.</summary>
internal sealed class OtlpStart(TracerProvider tracer, MeterProvider meter) : IHostedService
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
