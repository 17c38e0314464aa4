using Microsoft.Extensions.Hosting;

namespace LedgerLift.Storage;

/// <summary>Removes uploads that nobody completed, now and then, while the host runs; only when <see cref="StorageOptions.IncompleteUploadAge"/> is set.</summary>
internal sealed class IncompleteUploadSweeper(S3ObjectStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.Options.IncompleteUploadAge is not { } age)
            return;
        using var timer = new PeriodicTimer(store.Options.SweepInterval, store.Time);
        do
        {
            try
            {
                await store.SweepIncompleteUploadsAsync(age, prefix: "", stoppingToken).ConfigureAwait(false);
            }
            catch (StorageException failure)
            {
                Log.SweepBroken(store.Logger, failure);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
