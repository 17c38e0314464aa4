using LedgerLift.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocumentPipeline;

/// <summary>
/// Makes the object store lose what nobody owns: deleted documents, uploads that were cancelled or never registered. What is
/// owed stands in the database, so a crash or an outage only delays it.
/// </summary>
public sealed class DoomedObjectSweep(
    IDocumentStore documents,
    IObjectStore store,
    IMultipartUploads uploads,
    TimeProvider time,
    ILogger<DoomedObjectSweep> logger
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Removes one object now; called right after a deletion, so that it need not wait for the next round.</summary>
    /// <returns>False when the store could not be asked; the sweep will try again.</returns>
    public async Task<bool> TryRemoveAsync(DoomedObject doomed, CancellationToken cancellationToken)
    {
        try
        {
            var key = ObjectKey.Parse(doomed.Key);
            if (doomed.UploadId is { } upload)
                await uploads.AbortAsync(new MultipartUpload(key, upload, doomed.FileSize, doomed.PartSize), cancellationToken);
            await store.DeleteAsync(key, cancellationToken);
            await documents.ForgetAsync(doomed, cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // The object stays on the list; whatever was wrong, the next round tries again.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RemovalDelayed(logger, failure);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await documents.DoomExpiredAsync(Batch, stoppingToken) == Batch)
                {
                    // There may be more.
                }

                foreach (var doomed in await documents.ListDoomedAsync(Batch, stoppingToken))
                {
                    if (!await TryRemoveAsync(doomed, stoppingToken))
                        break;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away for a while must not end the sweep.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.RemovalDelayed(logger, failure);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
