using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DocumentPipeline;
using LedgerLift.Storage;

namespace UploadHost;

/// <summary>What a bucket must allow so that a browser can upload into it, and what it must clean up by itself.</summary>
internal static class BucketRules
{
    private const int UnfinishedDays = 7;

    /// <exception cref="SettingsException">The bucket cannot be configured.</exception>
    public static async Task ApplyAsync(IConfigurationSection section, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.GetLeftPart(UriPartial.Authority) != origin.TrimEnd('/'))
            throw new SettingsException(
                $"'{origin}' is not an origin; give scheme, host and port only, such as https://upload.example.org."
            );
        var options = section.Get<StorageOptions>() ?? throw new SettingsException("S3_BUCKET is missing.");
        using var client = Client(options);
        try
        {
            await client.PutCORSConfigurationAsync(options.Bucket, Cors(origin.TrimEnd('/')));
            await client.PutLifecycleConfigurationAsync(options.Bucket, Lifecycle());
        }
        catch (Exception fault) when (fault is AmazonServiceException or HttpRequestException or IOException)
        {
            throw new SettingsException(
                $"The bucket {options.Bucket} could not be configured: {(fault as AmazonServiceException)?.ErrorCode ?? "the store does not answer"}."
            );
        }
    }

    private static AmazonS3Client Client(StorageOptions options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.Provider != ObjectStoreProvider.Aws,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            AuthenticationRegion = options.Region,
            MaxErrorRetry = 2,
        };
        if (options.Provider == ObjectStoreProvider.Aws)
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        else
            config.ServiceURL = options.ServiceUrl;
        return options.AccessKey is { } key ? new AmazonS3Client(key, options.SecretKey, config) : new AmazonS3Client(config);
    }

    private static CORSConfiguration Cors(string origin) =>
        new()
        {
            Rules =
            [
                new CORSRule
                {
                    AllowedOrigins = [origin],
                    AllowedMethods = ["PUT", "POST", "GET", "HEAD"],
                    AllowedHeaders = ["*"],
                    ExposeHeaders = ["ETag", "x-amz-request-id"],
                    MaxAgeSeconds = 3600,
                },
            ],
        };

    private static LifecycleConfiguration Lifecycle() =>
        new()
        {
            Rules =
            [
                new LifecycleRule
                {
                    Id = "drop-unfinished-uploads",
                    Status = LifecycleRuleStatus.Enabled,
                    Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "" } },
                    AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload
                    {
                        DaysAfterInitiation = UnfinishedDays,
                    },
                },
            ],
        };
}
