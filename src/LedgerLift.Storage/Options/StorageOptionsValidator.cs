using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage;

/// <summary>Reports every fault of <see cref="StorageOptions"/> at once, with the option's name and its value; of the credentials never a value.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    internal const long SmallestPart = 5L * 1024 * 1024;
    internal const long LargestPart = 1024L * 1024 * 1024;
    internal const long LargestObject = 5L * 1024 * 1024 * 1024 * 1024;

    internal static readonly StorageOptionsValidator Instance = new();

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly SearchValues<char> RegionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> BucketCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        AddPlaceFaults(faults, options);
        AddCredentialFaults(faults, options);
        AddEncryptionFaults(faults, options);
        AddConnectionFaults(faults, options);
        AddSizeFaults(faults, options);
        AddTimeFaults(faults, options);
        AddPolicyFaults(faults, options);
        return faults.Build();
    }

    private static void AddPlaceFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        if (!Enum.IsDefined(options.Provider))
            Add(faults, nameof(options.Provider), $"must be Aws or S3Compatible, but is {options.Provider:D}.");
        if (options is { Provider: ObjectStoreProvider.S3Compatible, ServiceUrl: null })
            Add(faults, nameof(options.ServiceUrl), $"must be given for S3Compatible: the address of the server.");
        AddUrlFault(faults, nameof(options.ServiceUrl), options.ServiceUrl);
        AddUrlFault(faults, nameof(options.PublicServiceUrl), options.PublicServiceUrl);
        if (string.IsNullOrEmpty(options.Region) || options.Region.AsSpan().ContainsAnyExcept(RegionCharacters))
            Add(faults, nameof(options.Region), $"must be letters, digits and '-' in lower case, but is '{options.Region}'.");
        if (options.Bucket is not { Length: >= 3 and <= 63 } || options.Bucket.AsSpan().ContainsAnyExcept(BucketCharacters))
            Add(faults, nameof(options.Bucket), $"must be 3 to 63 of a-z, 0-9, '.' and '-', but is '{options.Bucket}'.");
    }

    private static void AddUrlFault(ValidateOptionsResultBuilder faults, string option, string? value)
    {
        if (
            value is not null
            && (
                !Uri.TryCreate(value, UriKind.Absolute, out var url)
                || url.Scheme is not ("http" or "https")
                || url.UserInfo.Length > 0
                || url.Query.Length > 0
                || url.Fragment.Length > 0
            )
        )
            // The value is not shown: somebody may have written credentials into it.
            Add(faults, option, $"must be an absolute http:// or https:// address without user, query and fragment.");
    }

    private static void AddCredentialFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.AccessKey) != string.IsNullOrWhiteSpace(options.SecretKey))
            Add(faults, nameof(options.AccessKey), $"and {nameof(options.SecretKey)} must both be given, or neither.");
        else if (options.AccessKey is not null && string.IsNullOrWhiteSpace(options.AccessKey))
            Add(faults, nameof(options.AccessKey), $"must not be blank; leave it out to use the SDK's chain.");
    }

    private static void AddEncryptionFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        if (!Enum.IsDefined(options.Encryption))
            Add(faults, nameof(options.Encryption), $"must be None, S3Managed or Kms, but is {options.Encryption:D}.");
        if (
            options.KmsKeyId is { } key
            && (options.Encryption != ObjectEncryption.Kms || !ObjectMetadata.IsHeaderValue(key) || key.Length == 0)
        )
            Add(
                faults,
                nameof(options.KmsKeyId),
                $"must be printable ASCII and is for Encryption Kms only, but Encryption is {options.Encryption}."
            );
    }

    private static void AddConnectionFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        AddRange(faults, nameof(options.MaxConnections), options.MaxConnections, 1, 10_000);
        AddRange(faults, nameof(options.ConnectionLifetime), options.ConnectionLifetime, Second, Day);
        AddRange(faults, nameof(options.ConnectTimeout), options.ConnectTimeout, Moment, TimeSpan.FromMinutes(5));
    }

    private static void AddSizeFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        AddRange(faults, nameof(options.MaxObjectBytes), options.MaxObjectBytes, 1, LargestObject);
        AddRange(faults, nameof(options.PartSizeBytes), options.PartSizeBytes, SmallestPart, LargestPart);
        AddRange(faults, nameof(options.Concurrency), options.Concurrency, 1, 64);
        if (options is { PartSizeBytes: >= SmallestPart and <= LargestPart, Concurrency: >= 1 and <= 64 })
            AddRange(
                faults,
                nameof(options.MultipartThresholdBytes),
                options.MultipartThresholdBytes,
                1,
                (options.Concurrency + 1) * options.PartSizeBytes
            );
    }

    private static void AddTimeFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        AddRange(faults, nameof(options.TransferStallTimeout), options.TransferStallTimeout, Moment, Hour);
        if (options.TransferStallTimeout >= Moment && options.TransferStallTimeout <= Hour)
            AddRange(faults, nameof(options.TransferTimeout), options.TransferTimeout, options.TransferStallTimeout, Day);
        AddRange(faults, nameof(options.PresignExpiry), options.PresignExpiry, UploadRules.MinExpiry, UploadRules.MaxExpiry);
        AddRange(faults, nameof(options.HealthCacheDuration), options.HealthCacheDuration, TimeSpan.Zero, Hour);
        AddRange(faults, nameof(options.SweepInterval), options.SweepInterval, Second, TimeSpan.FromDays(7));
        if (options.IncompleteUploadAge is { } age)
            AddRange(faults, nameof(options.IncompleteUploadAge), age, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365));
    }

    private static void AddPolicyFaults(ValidateOptionsResultBuilder faults, StorageOptions options)
    {
        if (options.Resilience is not { } policy)
        {
            Add(faults, nameof(options.Resilience), $"must not be null.");
            return;
        }

        foreach (var fault in policy.FindFaults())
            faults.AddError($"{nameof(options.Resilience)}.{fault}");
    }

    private static void AddRange<T>(ValidateOptionsResultBuilder faults, string option, T value, T from, T to)
        where T : IComparable<T>
    {
        if (value.CompareTo(from) < 0 || value.CompareTo(to) > 0)
            Add(faults, option, $"must be from {from} to {to}, but is {value}.");
    }

    private static void Add(ValidateOptionsResultBuilder faults, string option, FormattableString problem) =>
        faults.AddError($"{option} {problem.ToString(CultureInfo.InvariantCulture)}");
}
