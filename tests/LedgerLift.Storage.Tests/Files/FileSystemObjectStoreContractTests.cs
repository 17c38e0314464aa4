using LedgerLift.Storage.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

public sealed class FileSystemObjectStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    protected override bool FormsAreCreateOnly => true;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<ContractStore> CreateAsync(ContractSettings settings)
    {
        var store = new FileSystemObjectStore(
            new FileSystemStorageOptions
            {
                RootPath = _folder.Path,
                PublicBaseUrl = "http://127.0.0.1:5080/objects",
                MaxObjectBytes = settings.MaxObjectBytes,
                PartSizeBytes = settings.PartSizeBytes,
                PresignExpiry = settings.PresignExpiry,
            },
            _time
        );
        return ValueTask.FromResult(new ContractStore(store, store));
    }

    protected override async Task<SignedReply> SendAsync(ContractStore store, SignedSend send)
    {
        var headers = new Dictionary<string, string>(send.Headers, StringComparer.OrdinalIgnoreCase);
        if (send.Method != "GET")
            headers["Content-Length"] = send.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var body = new MemoryStream(send.Body.ToArray());
        await using var result = await ((FileSystemObjectStore)store.Objects).HandleSignedRequestAsync(
            send.Method,
            send.Url,
            headers,
            body,
            Cancellation
        );
        using var content = new MemoryStream();
        await result.Content.CopyToAsync(content, Cancellation);
        return new SignedReply(result.StatusCode, content.ToArray(), result.Headers.GetValueOrDefault("Content-Type"));
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    protected override Task<int> CountIncompleteAsync(ContractStore store, string prefix) =>
        Task.FromResult(
            Directory.EnumerateDirectories(_folder["uploads"]).Count() + Directory.EnumerateFileSystemEntries(_folder["temporary"]).Count()
        );
}
