namespace LedgerLift.Storage.Tests;

public sealed class StorageOptionsTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void The_defaults_with_a_bucket_are_valid() => Assert.Empty(Faults(_ => { }));

    public static TheoryData<string, bool, Action<StorageOptions>> Edges =>
        new()
        {
            { "Bucket", false, options => options.Bucket = "" },
            { "Bucket", false, options => options.Bucket = "ab" },
            { "Bucket", true, options => options.Bucket = "abc" },
            { "Bucket", true, options => options.Bucket = new string('a', 63) },
            { "Bucket", false, options => options.Bucket = new string('a', 64) },
            { "Bucket", false, options => options.Bucket = "a/b" },
            { "Provider", false, options => options.Provider = (ObjectStoreProvider)9 },
            { "ServiceUrl", false, options => options.Provider = ObjectStoreProvider.S3Compatible },
            { "ServiceUrl", true, options => options.ServiceUrl = "http://127.0.0.1:9000" },
            { "ServiceUrl", false, options => options.ServiceUrl = "127.0.0.1:9000" },
            { "ServiceUrl", false, options => options.ServiceUrl = "ftp://host" },
            { "ServiceUrl", false, options => options.ServiceUrl = "http://user:word@host" },
            { "PublicServiceUrl", false, options => options.PublicServiceUrl = "http://host/?a=b" },
            { "PublicServiceUrl", true, options => options.PublicServiceUrl = "https://files.example.com" },
            { "Region", false, options => options.Region = "" },
            { "Region", false, options => options.Region = "EU" },
            { "AccessKey", false, options => options.AccessKey = "key" },
            { "AccessKey", false, options => options.SecretKey = "secret" },
            { "AccessKey", false, options => (options.AccessKey, options.SecretKey) = (" ", " ") },
            { "AccessKey", true, options => (options.AccessKey, options.SecretKey) = ("key", "secret") },
            { "MaxConnections", false, options => options.MaxConnections = 0 },
            { "MaxConnections", true, options => options.MaxConnections = 1 },
            { "MaxConnections", true, options => options.MaxConnections = 10_000 },
            { "MaxConnections", false, options => options.MaxConnections = 10_001 },
            { "ConnectionLifetime", false, options => options.ConnectionLifetime = TimeSpan.FromMilliseconds(999) },
            { "ConnectionLifetime", true, options => options.ConnectionLifetime = TimeSpan.FromSeconds(1) },
            { "ConnectionLifetime", false, options => options.ConnectionLifetime = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) },
            { "ConnectTimeout", false, options => options.ConnectTimeout = TimeSpan.Zero },
            { "ConnectTimeout", true, options => options.ConnectTimeout = TimeSpan.FromMinutes(5) },
            { "TransferStallTimeout", false, options => options.TransferStallTimeout = TimeSpan.FromMilliseconds(9) },
            { "TransferStallTimeout", true, options => options.TransferStallTimeout = TimeSpan.FromMilliseconds(10) },
            { "TransferTimeout", false, options => options.TransferTimeout = TimeSpan.FromSeconds(29) },
            { "TransferTimeout", true, options => options.TransferTimeout = TimeSpan.FromSeconds(30) },
            { "MaxObjectBytes", false, options => options.MaxObjectBytes = 0 },
            { "MaxObjectBytes", true, options => options.MaxObjectBytes = 5L * MiB * MiB },
            { "MaxObjectBytes", false, options => options.MaxObjectBytes = (5L * MiB * MiB) + 1 },
            { "PresignExpiry", false, options => options.PresignExpiry = TimeSpan.FromMilliseconds(999) },
            { "PresignExpiry", true, options => options.PresignExpiry = TimeSpan.FromDays(7) },
            { "PresignExpiry", false, options => options.PresignExpiry = TimeSpan.FromDays(7) + TimeSpan.FromTicks(1) },
            { "PartSizeBytes", false, options => options.PartSizeBytes = (5 * MiB) - 1 },
            { "PartSizeBytes", true, options => options.PartSizeBytes = 5 * MiB },
            { "PartSizeBytes", false, options => options.PartSizeBytes = (1024 * MiB) + 1 },
            { "MultipartThresholdBytes", false, options => options.MultipartThresholdBytes = 0 },
            { "MultipartThresholdBytes", true, options => options.MultipartThresholdBytes = 40 * MiB },
            { "MultipartThresholdBytes", false, options => options.MultipartThresholdBytes = (40 * MiB) + 1 },
            { "Concurrency", false, options => options.Concurrency = 0 },
            { "Concurrency", true, options => options.Concurrency = 64 },
            { "Concurrency", false, options => options.Concurrency = 65 },
            { "Encryption", false, options => options.Encryption = (ObjectEncryption)9 },
            { "KmsKeyId", false, options => options.KmsKeyId = "key" },
            { "KmsKeyId", true, options => (options.Encryption, options.KmsKeyId) = (ObjectEncryption.Kms, "key") },
            { "HealthCacheDuration", true, options => options.HealthCacheDuration = TimeSpan.Zero },
            { "HealthCacheDuration", false, options => options.HealthCacheDuration = TimeSpan.FromHours(2) },
            { "IncompleteUploadAge", false, options => options.IncompleteUploadAge = TimeSpan.FromSeconds(59) },
            { "IncompleteUploadAge", true, options => options.IncompleteUploadAge = TimeSpan.FromMinutes(1) },
            { "SweepInterval", false, options => options.SweepInterval = TimeSpan.Zero },
            { "Resilience", false, options => options.Resilience = null! },
            { "Resilience.Retry.Jitter", false, options => options.Resilience.Retry.Jitter = double.NaN },
            { "Resilience.CircuitBreaker.FailureThreshold", false, options => options.Resilience.CircuitBreaker!.FailureThreshold = 0 },
        };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Each_option_is_held_to_its_range(string option, bool isValid, Action<StorageOptions> configure)
    {
        var faults = Faults(configure);

        if (isValid)
            Assert.Empty(faults);
        else
            Assert.StartsWith(option + " ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once_and_no_secret_is()
    {
        var options = new StorageOptions
        {
            SecretKey = "hush",
            ServiceUrl = "http://user:hush@host",
            Region = "?",
            Concurrency = 0,
        };

        var thrown = Assert.Throws<ArgumentException>("options", () => new S3ObjectStore(options));

        foreach (var option in (string[])["ServiceUrl", "Region", "Bucket", "AccessKey", "Concurrency"])
            Assert.Contains(option, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_provider_decides_how_the_sdk_is_set_and_its_own_retries_are_always_off()
    {
        foreach (var provider in Enum.GetValues<ObjectStoreProvider>())
        {
            var compatible = provider == ObjectStoreProvider.S3Compatible;
            var options = new StorageOptions
            {
                Provider = provider,
                Bucket = "bucket",
                Region = "eu-west-1",
            };
            var config = S3Profile.Configure(options, compatible ? "http://host:1" : null);

            Assert.Equal((0, 0, false), (config.MaxErrorRetry, config.MaxStaleConnectionRetries, config.ThrottleRetries));
            Assert.Equal(compatible, config.ForcePathStyle);
            Assert.Equal(compatible, config.UseHttp);
            Assert.Equal(Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED, config.RequestChecksumCalculation);
            Assert.Equal(Amazon.Runtime.ResponseChecksumValidation.WHEN_REQUIRED, config.ResponseChecksumValidation);
        }
    }

    [Fact]
    public void The_policys_defaults_are_the_documents()
    {
        var policy = new StorageOptions().Resilience;

        Assert.Equal(
            (3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), 0.2),
            (policy.Retry.MaxRetries, policy.Retry.BaseDelay, policy.Retry.MaxDelay, policy.Retry.Jitter)
        );
        Assert.Equal(
            (5, TimeSpan.FromSeconds(60), 2),
            (policy.CircuitBreaker!.FailureThreshold, policy.CircuitBreaker.RecoveryTimeout, policy.CircuitBreaker.SuccessThreshold)
        );
    }

    private static IReadOnlyList<string> Faults(Action<StorageOptions> configure)
    {
        var options = new StorageOptions { Bucket = "bucket" };
        configure(options);
        return StorageOptionsValidator.Instance.Validate(name: null, options) is { Failed: true } result ? [.. result.Failures] : [];
    }
}
