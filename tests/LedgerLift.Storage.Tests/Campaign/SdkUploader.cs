using Amazon.S3;
using Amazon.S3.Transfer;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>What a program does without this package: the SDK's own client, set up for this server, by hand or by its TransferUtility.</summary>
internal sealed class SdkUploader : ICampaignUploader
{
    private readonly AmazonS3Client _client;
    private readonly TransferUtility? _transfer;
    private readonly S3Fixture _s3;

    public SdkUploader(S3Fixture s3, Uri gateway, string name, bool retries, bool transferUtility)
    {
        (_s3, Name) = (s3, name);
        _client = s3.CreateClient(
            proxy: null,
            config =>
            {
                config.ServiceURL = gateway.ToString();
                if (!retries)
                    (config.MaxErrorRetry, config.MaxStaleConnectionRetries) = (0, 0);
            }
        );
        _transfer = transferUtility ? new TransferUtility(_client) : null;
    }

    public string Name { get; }

    public async Task UploadAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        if (_transfer is null)
        {
            var put = _s3.NewPut(key, content);
            put.IfNoneMatch = "*";
            await _client.PutObjectAsync(put, cancellationToken);
            return;
        }

        var request = new TransferUtilityUploadRequest
        {
            BucketName = _s3.Bucket,
            Key = key,
            InputStream = new MemoryStream(content),
            IfNoneMatch = "*",
        };
        await _transfer.UploadAsync(request, cancellationToken);
    }

    public void Dispose()
    {
        _transfer?.Dispose();
        _client.Dispose();
    }
}
