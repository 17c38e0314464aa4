using Microsoft.Extensions.Hosting;

namespace LedgerLift.Storage;

/// <summary>Asks for the bucket when the host starts. Wrong credentials, a wrong region or a missing bucket stop it; a store that is down does not.</summary>
internal sealed class StorageStart(S3ObjectStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!store.Options.VerifyBucketOnStart)
            return;
        try
        {
            await store.Requests.ProbeBucketAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException down)
        {
            Log.StoreIsDown(store.Logger, down);
        }
        catch (StorageException refused)
        {
            throw new StorageException(
                StorageErrorCodes.Refused,
                $"The bucket {store.Options.Bucket} (region {store.Options.Region}) cannot be used. {refused.Message} {Hint(refused)}".TrimEnd(),
                isTransient: false,
                refused
            )
            {
                S3Code = refused.S3Code,
                StatusCode = refused.StatusCode,
                RequestId = refused.RequestId,
                Attempts = refused.Attempts,
            };
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Hint(StorageException refused) =>
        string.Equals(refused.S3Code, "AccessDenied", StringComparison.Ordinal)
            ? "To start without the right to list the bucket, set VerifyBucketOnStart to false."
            : string.Empty;
}
