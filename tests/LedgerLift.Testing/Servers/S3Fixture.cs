using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace LedgerLift.Testing;

/// <summary>A bucket of its own on the S3 server for each test class. Disposal deletes it with its objects and unfinished uploads.</summary>
public class S3Fixture : IAsyncLifetime
{
    private readonly ServerSettings _settings;
    private AmazonS3Client? _client;

    /// <summary>A bucket on the server that the settings name.</summary>
    public S3Fixture()
        : this(ServerSettings.Load()) { }

    internal S3Fixture(ServerSettings settings) => _settings = settings;

    /// <summary>The class's bucket.</summary>
    public virtual string Bucket { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>A client straight to the server, shared by the class.</summary>
    public IAmazonS3 Client => _client ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>The server's address.</summary>
    public Uri Endpoint => new(_settings.Require(ServerSettings.S3Endpoint));

    /// <summary>The bucket of all classes that has CORS rules for uploads from browsers.</summary>
    public string SharedBucket => _settings.Require(ServerSettings.S3Bucket);

    /// <summary>Region name.</summary>
    public string Region => _settings.Require(ServerSettings.S3Region);

    /// <summary>Access key.</summary>
    public string AccessKey => _settings.Require(ServerSettings.S3AccessKey);

    /// <summary>Secret key.</summary>
    public string SecretKey => _settings.Require(ServerSettings.S3SecretKey);

    /// <summary>A proxy in front of the server; the caller disposes it.</summary>
    public TcpFaultProxy StartProxy(int captureLimit = 1024 * 1024) => TcpFaultProxy.Start(Endpoint.Host, Endpoint.Port, captureLimit);

    /// <summary>A client set up for S3 servers other than Amazon's, straight to the server or by way of a proxy; the caller disposes it.</summary>
    public AmazonS3Client CreateClient(TcpFaultProxy? proxy = null, Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = proxy is null ? Endpoint.ToString() : $"http://127.0.0.1:{proxy.Port}",
            UseHttp = Endpoint.Scheme == Uri.UriSchemeHttp,
            ForcePathStyle = true,
            AuthenticationRegion = Region,
            // The SDK's defaults send trailing checksums, which such servers refuse.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        configure?.Invoke(config);
        return new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), config);
    }

    /// <summary>A put into the class's bucket in the form such servers take: not in signed chunks.</summary>
    public PutObjectRequest NewPut(string key, byte[] content) =>
        new()
        {
            BucketName = Bucket,
            Key = key,
            InputStream = new MemoryStream(content),
            UseChunkEncoding = false,
        };

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var client = CreateClient();
        try
        {
            await client.PutBucketAsync(Bucket);
            _client = client;
        }
        catch (Exception failure) when (failure is AmazonServiceException or HttpRequestException)
        {
            client.Dispose();
            throw new ServerMissingException(
                $"S3 at {Endpoint} ({ServerSettings.S3Endpoint}) gives no bucket: {failure.Message} Start it with `eng/services up s3`.",
                failure
            );
        }
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        await DeleteObjectsAsync(_client);
        await AbortUploadsAsync(_client);
        await DeleteBucketAsync(_client);
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes the empty bucket.</summary>
    private protected virtual Task DeleteBucketAsync(IAmazonS3 client) => client.DeleteBucketAsync(Bucket);

    private async Task DeleteObjectsAsync(AmazonS3Client client)
    {
        await foreach (var item in client.Paginators.ListVersions(new ListVersionsRequest { BucketName = Bucket }).Versions)
            await client.DeleteObjectAsync(Bucket, item.Key, item.VersionId);
    }

    // A server may let the bucket go and keep the parts, in memory too.
    private async Task AbortUploadsAsync(AmazonS3Client client)
    {
        var uploads = await client.ListMultipartUploadsAsync(Bucket);
        foreach (var upload in uploads.MultipartUploads ?? [])
            await client.AbortMultipartUploadAsync(Bucket, upload.Key, upload.UploadId);
    }
}
