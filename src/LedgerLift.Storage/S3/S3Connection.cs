using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage;

/// <summary>The way to one bucket: the SDK's client for questions and orders, and the HTTP client beneath it for bodies. Thread-safe.</summary>
internal sealed class S3Connection : IDisposable
{
    internal S3Connection(StorageOptions options, TimeProvider timeProvider)
    {
        (Options, Time) = (options, timeProvider);
        Credentials = new S3Credentials(options);
        Http = S3Http.Create(options);
        Client = CreateClient(options.ServiceUrl);
        Endpoint = EndpointOf(Client);
        PublicEndpoint = Endpoint;
        if (options.PublicServiceUrl is { } publicUrl)
        {
            // Talks to nobody: only asked how the SDK writes the address.
            using var signing = CreateClient(publicUrl);
            PublicEndpoint = EndpointOf(signing);
        }

        Signer = new SigV4(options.Region);
    }

    /// <summary>A copy that nobody else changes.</summary>
    internal StorageOptions Options { get; }

    internal TimeProvider Time { get; }

    internal S3Credentials Credentials { get; }

    internal HttpClient Http { get; }

    internal AmazonS3Client Client { get; }

    /// <summary>Where the service reaches the bucket.</summary>
    internal S3Endpoint Endpoint { get; }

    /// <summary>Where those with a signed URL reach it.</summary>
    internal S3Endpoint PublicEndpoint { get; }

    internal SigV4 Signer { get; }

    public void Dispose()
    {
        Client.Dispose();
        Http.Dispose();
    }

    private AmazonS3Client CreateClient(string? serviceUrl)
    {
        var config = S3Profile.Configure(Options, serviceUrl);
        config.HttpClientFactory = new S3HttpClientFactory(Http);
        return Credentials.Fixed is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    // The SDK knows AWS's names for every region and partition.
    private S3Endpoint EndpointOf(AmazonS3Client client) =>
        S3Endpoint.Of(
            new Uri(client.DetermineServiceOperationEndpoint(new GetObjectRequest { BucketName = Options.Bucket, Key = "key" }).URL)
        );
}
