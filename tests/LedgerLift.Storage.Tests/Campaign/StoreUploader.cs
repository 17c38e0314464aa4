using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>This package, with the documents' policy; only the pauses are shorter, so that a campaign ends.</summary>
internal sealed class StoreUploader(S3Fixture s3, Uri gateway) : ICampaignUploader
{
    private readonly S3ObjectStore _store = new(Options(s3, gateway));

    public string Name => "LedgerLift.Storage";

    public ObjectStoreStatistics Statistics => _store.GetStatistics();

    public static StorageOptions Options(S3Fixture s3, Uri gateway)
    {
        var options = new StorageOptions
        {
            Provider = ObjectStoreProvider.S3Compatible,
            ServiceUrl = gateway.ToString(),
            Region = s3.Region,
            Bucket = s3.Bucket,
            AccessKey = s3.AccessKey,
            SecretKey = s3.SecretKey,
            PartSizeBytes = 5 * 1024 * 1024,
            MultipartThresholdBytes = 5 * 1024 * 1024,
            Concurrency = 4,
        };
        options.Resilience.Retry.BaseDelay = TimeSpan.FromMilliseconds(50);
        return options;
    }

    public async Task UploadAsync(string key, byte[] content, CancellationToken cancellationToken) =>
        await _store.UploadAsync(
            ObjectKey.Parse(key),
            new MemoryStream(content),
            new UploadSettings { CreateOnly = true },
            progress: null,
            cancellationToken
        );

    public void Dispose() => _store.Dispose();
}
