using System.Text;
using LedgerLift.Resilience;
using LedgerLift.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Storage.Tests;

public sealed partial class FileSystemObjectStoreTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("folder/a.pdf");

    private readonly FileStoreFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Objects_uploads_and_signatures_outlive_a_restart()
    {
        var before = _fixture.Open();
        await PutAsync(before, Key, "content");
        var get = await before.PresignGetAsync(Key, ct: Cancellation);
        var upload = await before.CreateAsync(new UploadIntent(ObjectKey.Parse("b"), 4, "text/csv"), Cancellation);
        var part = await before.PresignPartAsync(upload, 1, 4, Cancellation);
        await (await FileStoreFixture.SendAsync(before, part, "abcd"u8.ToArray())).DisposeAsync();

        var after = _fixture.Open();

        Assert.Equal(7, (await after.FindAsync(Key, Cancellation))!.Length);
        await using var reply = await after.HandleSignedRequestAsync(
            "GET",
            get,
            new Dictionary<string, string>(),
            Stream.Null,
            Cancellation
        );
        Assert.Equal(200, reply.StatusCode);
        Assert.Equal(4, (await after.CompleteAsync(upload, Cancellation)).Length);
    }

    [Fact]
    public async Task A_signature_of_another_store_is_worth_nothing()
    {
        using var other = new FileStoreFixture();
        var url = await other.Open().PresignGetAsync(Key, ct: Cancellation);
        var store = _fixture.Open();
        await PutAsync(store, Key, "content");

        await using var reply = await store.HandleSignedRequestAsync(
            "GET",
            url,
            new Dictionary<string, string>(),
            Stream.Null,
            Cancellation
        );

        Assert.Equal((403, "SignatureDoesNotMatch"), (reply.StatusCode, reply.ErrorCode));
    }

    [Fact]
    public void The_secret_that_is_made_is_readable_by_the_owner_alone()
    {
        _fixture.Open();
        var path = Path.Combine(_fixture.Root, "signing.key");

        Assert.Equal(32, new FileInfo(path).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.Combine(_fixture.Root, "objects"))
            );
        }
    }

    [Fact]
    public void A_damaged_secret_is_told()
    {
        _fixture.Open();
        File.WriteAllText(Path.Combine(_fixture.Root, "signing.key"), "short");

        Assert.Equal(StorageErrorCodes.ContentMismatch, Assert.Throws<StorageException>(() => _fixture.Open()).Code);
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("uploads")]
    [InlineData("temporary")]
    public void A_folder_that_leads_elsewhere_is_refused_at_the_start(string name)
    {
        Directory.CreateDirectory(_fixture.Root);
        Directory.CreateDirectory(_fixture.Folder["elsewhere"]);
        Directory.CreateSymbolicLink(Path.Combine(_fixture.Root, name), _fixture.Folder["elsewhere"]);

        Assert.Equal(StorageErrorCodes.Refused, Assert.Throws<StorageException>(() => _fixture.Open()).Code);
    }

    [Fact]
    public async Task A_link_in_the_place_of_an_object_is_neither_read_nor_written_nor_listed()
    {
        var store = _fixture.Open();
        await PutAsync(store, Key, "content");
        var file = _fixture.OnlyFile();
        File.Move(file, _fixture.Folder["stolen"]);
        File.CreateSymbolicLink(file, _fixture.Folder["stolen"]);
        var before = await File.ReadAllBytesAsync(_fixture.Folder["stolen"], Cancellation);

        await RefusedAsync(async () => await store.OpenReadAsync(Key, Cancellation));
        await RefusedAsync(async () => await store.FindAsync(Key, Cancellation));
        await RefusedAsync(async () => await PutAsync(store, Key, "other"));
        await RefusedAsync(async () => await store.DeleteAsync(Key, Cancellation));
        await RefusedAsync(async () => await store.ConfirmAsync(new UploadIntent(Key, 7, "text/csv"), Cancellation));
        await RefusedAsync(async () =>
        {
            await foreach (var item in store.ListAsync("", Cancellation))
                Assert.Fail(item.Key.Value);
        });
        Assert.Equal(before, await File.ReadAllBytesAsync(_fixture.Folder["stolen"], Cancellation));
    }

    [Fact]
    public async Task A_link_in_the_place_of_an_objects_folder_takes_nothing_out()
    {
        var store = _fixture.Open();
        await PutAsync(store, Key, "content");
        var folder = Path.GetDirectoryName(_fixture.OnlyFile())!;
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(_fixture.Folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder, _fixture.Folder["elsewhere"]);

        await RefusedAsync(async () => await PutAsync(store, Key, "content"));

        Assert.Empty(Directory.GetFileSystemEntries(_fixture.Folder["elsewhere"]));
    }

    [Fact]
    public async Task A_dangling_link_is_refused_too()
    {
        var store = _fixture.Open();
        await PutAsync(store, Key, "content");
        var file = _fixture.OnlyFile();
        File.Delete(file);
        File.CreateSymbolicLink(file, _fixture.Folder["nowhere"]);

        await RefusedAsync(async () => await PutAsync(store, Key, "content"));

        Assert.False(File.Exists(_fixture.Folder["nowhere"]));
    }

    [Fact]
    public async Task No_key_decides_where_a_file_lies()
    {
        var store = _fixture.Open();
        foreach (var name in (string[])["CON", "con", "a:b", "%2e%2e%2fa", "a .", "...", "~", "-rf", "aux.pdf", "\u00E9", "e\u0301"])
            if (ObjectKey.TryParse(name, out var key))
                await PutAsync(store, key, name);

        var files = Directory.GetFiles(Path.Combine(_fixture.Root, "objects"), "*", SearchOption.AllDirectories);

        Assert.All(files, file => Assert.Matches("^[0-9a-f]{64}$", Path.GetFileName(file)));
        Assert.All(files, file => Assert.Matches("^[0-9a-f]{2}$", Path.GetFileName(Path.GetDirectoryName(file)!)));
        // On a file system that folds case or composes letters, all of them would still be different files.
        Assert.Equal(files.Length, files.Select(file => Path.GetFileName(file).ToUpperInvariant()).Distinct().Count());
        Assert.Equal(10, files.Length);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("emptied")]
    [InlineData("longer")]
    [InlineData("another's")]
    [InlineData("record broken")]
    public async Task A_file_that_was_damaged_is_told_and_not_given_out(string damage)
    {
        var store = _fixture.Open();
        await PutAsync(store, Key, "content");
        var file = _fixture.OnlyFile();
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        byte[] broken = damage switch
        {
            "cut off" => bytes[..^1],
            "emptied" => [],
            "longer" => [.. "x"u8, .. bytes],
            "another's" => Encoding.Latin1.GetBytes(
                Encoding.Latin1.GetString(bytes).Replace("folder/a.pdf", "folder/b.pdf", StringComparison.Ordinal)
            ),
            _ => Encoding.Latin1.GetBytes(
                Encoding.Latin1.GetString(bytes).Replace("\"version\":", "\"version\";", StringComparison.Ordinal)
            ),
        };
        await File.WriteAllBytesAsync(file, broken, Cancellation);

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await store.FindAsync(Key, Cancellation));

        Assert.Equal(StorageErrorCodes.ContentMismatch, failure.Code);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task A_content_that_was_changed_on_the_disk_is_found_by_confirming()
    {
        var store = _fixture.Open();
        var stored = await PutAsync(store, Key, "content");
        var intent = new UploadIntent(Key, 7, "application/octet-stream") { Sha256Hex = stored.Sha256Hex };
        Assert.True((await store.ConfirmAsync(intent, Cancellation)).Matches);
        var file = _fixture.OnlyFile();
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        var confirmed = await store.ConfirmAsync(intent, Cancellation);

        Assert.Equal("sha256", Assert.Single(confirmed.Differences).Field);
    }

    [Fact]
    public async Task The_file_is_the_one_of_version_1()
    {
        var store = _fixture.Open();
        await store.UploadAsync(
            Key,
            new MemoryStream("content"u8.ToArray()),
            new UploadSettings
            {
                ContentType = "text/plain",
                Metadata = new Dictionary<string, string> { ["owner"] = "me" },
            },
            progress: null,
            Cancellation
        );

        var golden = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "object-v1.bin"), Cancellation);

        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(await File.ReadAllBytesAsync(_fixture.OnlyFile(), Cancellation)));
    }

    [Fact]
    public async Task Two_stores_on_one_folder_create_an_object_once()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => _fixture.Open()).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var key = ObjectKey.Parse($"race/{round}");
            using var start = new ManualResetEventSlim();
            var races = stores
                .Select(store =>
                    Task.Run(async () =>
                    {
                        start.Wait(Cancellation);
                        try
                        {
                            await store.UploadAsync(
                                key,
                                new MemoryStream(new byte[1000]),
                                new UploadSettings { CreateOnly = true },
                                null,
                                Cancellation
                            );
                            return 1;
                        }
                        catch (PreconditionFailedException)
                        {
                            return 0;
                        }
                    })
                )
                .ToArray();
            start.Set();
            Assert.Equal(1, (await Task.WhenAll(races)).Sum());
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_fixture.Root, "temporary")));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_unavailable_and_unhealthy_and_heals()
    {
        var store = _fixture.Open();
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(store)).Status);
        Directory.Delete(_fixture.Root, recursive: true);
        await File.WriteAllTextAsync(_fixture.Root, "in the way", Cancellation);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await PutAsync(store, Key, "content"));
        Assert.True(failure.IsTransient);
        Assert.IsAssignableFrom<IOException>(failure.InnerException);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(store)).Status);
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var sick = await HealthAsync(store);
        Assert.Equal(HealthStatus.Unhealthy, sick.Status);
        Assert.DoesNotContain(_fixture.Root, sick.Description, StringComparison.Ordinal);
        File.Delete(_fixture.Root);
        Directory.CreateDirectory(_fixture.Root);
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(store)).Status);
        Assert.Equal(1, store.GetStatistics().Failed);
    }

    [Fact]
    public async Task Operations_and_bytes_are_measured()
    {
        using var metrics = new MetricRecorder(StorageDiagnostics.MeterName);
        var store = _fixture.Open();
        await PutAsync(store, Key, "measured content");
        await using (var content = await store.OpenReadAsync(Key, Cancellation))
            await content.CopyToAsync(Stream.Null, Cancellation);
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await store.OpenReadAsync(ObjectKey.Parse("nothing"), Cancellation));

        var statistics = store.GetStatistics();

        Assert.Equal((3, 2, 1, 0), (statistics.Requests, statistics.Succeeded, statistics.Failed, statistics.Retries));
        Assert.Equal((16, 16), (statistics.BytesSent, statistics.BytesReceived));
        Assert.Equal(BreakerState.Closed, statistics.Breaker);
        Assert.NotEmpty(
            metrics.Values("ledgerlift.storage.operation.duration", ("ledgerlift.storage.store", "files"), ("rpc.method", "PutObject"))
        );
        Assert.NotEmpty(
            metrics.Values("ledgerlift.storage.operation.duration", ("rpc.method", "GetObject"), ("error.type", "object_not_found"))
        );
        Assert.Contains(16, metrics.Values("ledgerlift.storage.transfer.bytes", ("network.io.direction", "transmit")));
        Assert.Contains(16, metrics.Values("ledgerlift.storage.transfer.bytes", ("network.io.direction", "receive")));
        Assert.NotEmpty(
            metrics.Values("ledgerlift.storage.operation.attempts", ("rpc.method", "PutObject"), ("ledgerlift.storage.store", "files"))
        );
    }

    private static Task<HealthCheckResult> HealthAsync(FileSystemObjectStore store) =>
        store.Health.CheckHealthAsync(new HealthCheckContext(), Cancellation);

    private static ValueTask<StoredObject> PutAsync(FileSystemObjectStore store, ObjectKey key, string content) =>
        store.UploadAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(content)), settings: null, progress: null, Cancellation);

    private static async Task RefusedAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<StorageException>(call);
        Assert.Equal(StorageErrorCodes.Refused, failure.Code);
    }
}
