using LedgerLift.Storage.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>The contract of every object store, held on the real gateway.</summary>
public class S3ObjectStoreContractTests(StoreFixture s3) : ObjectStoreContract, IClassFixture<StoreFixture>
{
    private static readonly HttpClient Client = new();

    // Each is a put to a gateway that needs tens of milliseconds for it; pages are a thousand.
    protected override int ListedObjects => 1_003;

    /// <summary>What stands between the store and the gateway; nothing here.</summary>
    protected virtual TcpFaultProxy? Proxy => null;

    protected override ValueTask<ContractStore> CreateAsync(ContractSettings settings)
    {
        var store = new S3ObjectStore(
            s3.NewOptions(
                Proxy,
                options =>
                {
                    options.MaxObjectBytes = settings.MaxObjectBytes;
                    options.PartSizeBytes = settings.PartSizeBytes;
                    options.PresignExpiry = settings.PresignExpiry;
                    options.MultipartThresholdBytes = settings.PartSizeBytes;
                    // Clients that were given a signed URL have no retries, and go around the proxy.
                    options.PublicServiceUrl = s3.Endpoint.ToString();
                }
            )
        );
        return new(new ContractStore(store, store, dispose: null));
    }

    protected override Task<SignedReply> SendAsync(ContractStore store, SignedSend send) =>
        HttpSignedSender.SendAsync(Client, send, Cancellation);

    // The gateway's clock is the machine's, and counts in whole seconds: there is no event to wait for.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(1100), Cancellation);

    protected override async Task<int> CountIncompleteAsync(ContractStore store, string prefix)
    {
        var uploads = await s3.Client.ListMultipartUploadsAsync(
            new Amazon.S3.Model.ListMultipartUploadsRequest { BucketName = s3.Bucket, Prefix = prefix },
            Cancellation
        );
        return uploads.MultipartUploads?.Count ?? 0;
    }
}
