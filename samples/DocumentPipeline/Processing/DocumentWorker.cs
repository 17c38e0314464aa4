using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DocumentPipeline;

/// <summary>Takes documents from the queue, several at once, until it is stopped; what it holds then goes back at once.</summary>
public sealed class DocumentWorker(
    IWorkQueue queue,
    DocumentProcessor processor,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<DocumentWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Parallelism).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stop)
    {
        await Task.Yield();
        var pause = options.Value.PollInterval;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var item = await queue.TakeAsync(options.Value.Lease, stop);
                if (item is not null)
                    await processor.ProcessAsync(item, stop);
                else
                    await Task.Delay(options.Value.PollInterval, time, stop);
                pause = options.Value.PollInterval;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away for a while must not end the worker.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.QueueUnavailable(logger, pause.TotalSeconds, failure);
                await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }
}
