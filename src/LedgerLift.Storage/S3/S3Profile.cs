using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace LedgerLift.Storage;

/// <summary>What the kind of S3 decides, in one place: path style, checksums, protocol; and the SDK's own retries, which are off for every kind.</summary>
internal static class S3Profile
{
    /// <summary>The SDK's settings for an address.</summary>
    /// <param name="options">The store's settings.</param>
    /// <param name="serviceUrl">The address to talk to or to sign for; null for AWS's own.</param>
    internal static AmazonS3Config Configure(StorageOptions options, string? serviceUrl)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.Provider == ObjectStoreProvider.S3Compatible,
            // Our pipeline is the only one that repeats: either knob alone leaves the SDK repeating, up to eleven requests for one reset.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            // Every limit of time comes by token.
            Timeout = Timeout.InfiniteTimeSpan,
            // Other servers refuse trailing checksums (XAmzContentSHA256Mismatch); bodies are bound by SHA-256 in the signature instead.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (serviceUrl is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = serviceUrl.TrimEnd('/');
            config.UseHttp = serviceUrl.StartsWith("http:", StringComparison.OrdinalIgnoreCase);
            config.AuthenticationRegion = options.Region;
        }

        return config;
    }
}
