using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>The bucket of a class, and stores on it: straight to the gateway or through a proxy, with waits short enough for tests.</summary>
public class StoreFixture : S3Fixture
{
    internal StorageOptions NewOptions(TcpFaultProxy? proxy = null, Action<StorageOptions>? configure = null)
    {
        var options = new StorageOptions
        {
            Provider = ObjectStoreProvider.S3Compatible,
            ServiceUrl = proxy is null ? Endpoint.ToString() : $"http://127.0.0.1:{proxy.Port}",
            Region = Region,
            Bucket = Bucket,
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            PartSizeBytes = 5 * 1024 * 1024,
            MultipartThresholdBytes = 6 * 1024 * 1024,
            HealthCacheDuration = TimeSpan.Zero,
            Resilience = { Retry = { BaseDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200) } },
        };
        configure?.Invoke(options);
        return options;
    }

    internal S3ObjectStore NewStore(TcpFaultProxy? proxy = null, Action<StorageOptions>? configure = null) =>
        new(NewOptions(proxy, configure));

    internal static ObjectKey NewKey() => ObjectKey.Parse($"tests/{Guid.NewGuid():N}");

    internal static async Task<byte[]> ReadAsync(IObjectStore store, ObjectKey key, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenReadAsync(key, cancellationToken);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }

    /// <summary>How many uploads in parts are left in the bucket.</summary>
    internal async Task<int> CountUploadsAsync(CancellationToken cancellationToken) =>
        (await Client.ListMultipartUploadsAsync(Bucket, cancellationToken)).MultipartUploads?.Count ?? 0;
}
