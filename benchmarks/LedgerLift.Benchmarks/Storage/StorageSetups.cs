using Amazon.Runtime;
using Amazon.S3;
using LedgerLift.Storage;

namespace LedgerLift.Benchmarks;

/// <summary>Clients of all sides for one address.</summary>
internal static class StorageSetups
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Bucket = "benchmark";

    public static StorageOptions Options(
        string serviceUrl,
        string bucket = Bucket,
        string accessKey = AccessKey,
        string secretKey = SecretKey
    ) =>
        new()
        {
            Provider = ObjectStoreProvider.S3Compatible,
            ServiceUrl = serviceUrl,
            Bucket = bucket,
            AccessKey = accessKey,
            SecretKey = secretKey,
            MaxObjectBytes = 4L * 1024 * 1024 * 1024,
        };

    /// <summary>The SDK as it comes, or with the settings that other servers than Amazon's need.</summary>
    public static AmazonS3Client Sdk(string serviceUrl, bool checksums, string accessKey = AccessKey, string secretKey = SecretKey)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = serviceUrl,
            UseHttp = true,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
        };
        if (!checksums)
        {
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        return new AmazonS3Client(new BasicAWSCredentials(accessKey, secretKey), config);
    }
}
