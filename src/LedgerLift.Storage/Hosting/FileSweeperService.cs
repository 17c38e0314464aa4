using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Storage;

/// <summary>Sweeps when the host starts, and then every quarter of the age, but not more often than once a minute.</summary>
internal sealed class FileSweeperService(FileSystemObjectStore store, TimeSpan? age, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (age is not { } limit)
            return;
        // The host goes on starting.
        await Task.Yield();
        var pause = TimeSpan.FromTicks(Math.Clamp(limit.Ticks / 4, ShortestPause.Ticks, LongestPause.Ticks));
        using var timer = new PeriodicTimer(pause, time);
        do await SweepAsync(limit, stoppingToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task SweepAsync(TimeSpan limit, CancellationToken stoppingToken)
    {
        try
        {
            var swept = await store.SweepIncompleteUploadsAsync(limit, stoppingToken).ConfigureAwait(false);
            if (swept > 0)
                Log.IncompleteUploadsSwept(logger, swept);
        }
        catch (StorageException failure)
        {
            Log.SweepFailed(logger, failure.Code, failure);
        }
    }
}
