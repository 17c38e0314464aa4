using System.Diagnostics.CodeAnalysis;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>The settings of an <see cref="S3ObjectStore"/>.</summary>
/// <remarks>Mutable and not thread-safe while being changed. Read once, when the store is built.</remarks>
public sealed class StorageOptions
{
    /// <summary>What kind of S3 answers. It decides path style, checksums, body encoding and protocol, so that no other switch is needed.</summary>
    /// <value>The default is <see cref="ObjectStoreProvider.Aws"/>.</value>
    public ObjectStoreProvider Provider { get; set; } = ObjectStoreProvider.Aws;

    /// <summary>Where the store answers: <c>http://</c> or <c>https://</c>, without query. The scheme decides whether TLS is used.</summary>
    /// <value>The default is <see langword="null"/>: AWS's own address of the region. Must be given for <see cref="ObjectStoreProvider.S3Compatible"/>.</value>
    [SuppressMessage("Design", "CA1056", Justification = "Configuration gives text; the validator says what is wrong with it.")]
    public string? ServiceUrl { get; set; }

    /// <summary>Where clients that were given a signed URL reach the same store, such as a browser outside the network of the service.</summary>
    /// <value>The default is <see langword="null"/>: the same address as <see cref="ServiceUrl"/>.</value>
    [SuppressMessage("Design", "CA1056", Justification = "Configuration gives text; the validator says what is wrong with it.")]
    public string? PublicServiceUrl { get; set; }

    /// <summary>The region the bucket is in, and requests are signed for.</summary>
    /// <value>The default is <c>us-east-1</c>. Letters, digits and <c>-</c>, in lower case.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket.</summary>
    /// <value>The default is empty, which is refused: it must be given. 3 to 63 of <c>a-z 0-9 . -</c>.</value>
    public string Bucket { get; set; } = string.Empty;

    /// <summary>The access key; given together with <see cref="SecretKey"/> or not at all.</summary>
    /// <value>The default is <see langword="null"/>: the SDK's chain of environment, profile, container and instance.</value>
    public string? AccessKey { get; set; }

    /// <summary>The secret key. Never appears in a message, a log or an exception.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket stands in the path (<c>host/bucket/key</c>) rather than in the host's name.</summary>
    /// <value>The default is <see langword="null"/>: no for AWS, yes for <see cref="ObjectStoreProvider.S3Compatible"/>.</value>
    public bool? ForcePathStyle { get; set; }

    /// <summary>The most connections to the store at once.</summary>
    /// <value>The default is 100. From 1 to 10 000, inclusive.</value>
    public int MaxConnections { get; set; } = 100;

    /// <summary>The age at which a connection is replaced after its current request, so that changes of addresses are followed.</summary>
    /// <value>The default is 5 minutes. From 1 second to 24 hours, inclusive.</value>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest a connection may take to be made, TLS included.</summary>
    /// <value>The default is 5 seconds. From 10 milliseconds to 5 minutes, inclusive.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest a body may stand still, in either direction, before the attempt is given up.</summary>
    /// <value>The default is 30 seconds. From 10 milliseconds to 1 hour, inclusive.</value>
    public TimeSpan TransferStallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest one attempt to send one body, a small object or a part of a large one, may take; also the longest a completion may.</summary>
    /// <value>The default is 120 seconds. From <see cref="TransferStallTimeout"/> to 24 hours, inclusive.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>The largest object in bytes that is signed for or uploaded, inclusive.</summary>
    /// <value>The default is 100 MiB. From 1 to 5 TiB, S3's own limit, inclusive.</value>
    public long MaxObjectBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>How long a signed URL works when nothing else is said.</summary>
    /// <value>The default is 15 minutes. From 1 second to 7 days, inclusive.</value>
    public TimeSpan PresignExpiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The size of a part in bytes. Grown as needed, so that an object has at most 10 000 parts.</summary>
    /// <value>The default is 8 MiB. From 5 MiB, S3's own limit, to 1 GiB, inclusive.</value>
    public long PartSizeBytes { get; set; } = 8L * 1024 * 1024;

    /// <summary>The largest object in bytes that is sent in one piece, inclusive. It is held in memory for that.</summary>
    /// <value>The default is 16 MiB. From 1 to (<see cref="Concurrency"/> + 1) × <see cref="PartSizeBytes"/>, the memory one upload may take, inclusive.</value>
    public long MultipartThresholdBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>How many parts of one upload are sent at once. An upload takes up to (Concurrency + 1) × <see cref="PartSizeBytes"/> of memory.</summary>
    /// <value>The default is 4. From 1 to 64, inclusive.</value>
    public int Concurrency { get; set; } = 4;

    /// <summary>How the store encrypts what is uploaded or signed for.</summary>
    /// <value>The default is <see cref="ObjectEncryption.None"/>: as the bucket is set.</value>
    public ObjectEncryption Encryption { get; set; } = ObjectEncryption.None;

    /// <summary>The key for <see cref="ObjectEncryption.Kms"/>.</summary>
    /// <value>The default is <see langword="null"/>: the store's own KMS key. Only with <see cref="ObjectEncryption.Kms"/>.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Retry, circuit breaker and time limits of every request. Its total timeout does not apply to requests that carry a body.</summary>
    /// <value>The default is that of <see cref="ResiliencePolicyOptions"/>, with 10 seconds for an attempt without a body.</value>
    public ResiliencePolicyOptions Resilience { get; set; } = new() { AttemptTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>How long a result of the health check is given again without asking the store.</summary>
    /// <value>The default is 30 seconds. From zero to 1 hour, inclusive.</value>
    public TimeSpan HealthCacheDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the host asks for the bucket when it starts, and does not start when credentials, region or bucket are wrong.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool VerifyBucketOnStart { get; set; } = true;

    /// <summary>The age from which on the host removes uploads in parts that nobody completed.</summary>
    /// <value>The default is <see langword="null"/>: the host removes none. From 1 minute to 365 days, inclusive; longer than any upload takes.</value>
    public TimeSpan? IncompleteUploadAge { get; set; }

    /// <summary>How long the host waits between two looks for such uploads.</summary>
    /// <value>The default is 1 hour. From 1 second to 7 days, inclusive.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    internal StorageOptions Copy() => (StorageOptions)MemberwiseClone();
}
