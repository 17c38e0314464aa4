using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>A store of one test in a folder of its own, with a clock that is moved by hand.</summary>
internal sealed class FileStoreFixture : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public string Root => Folder["root"];

    public FileSystemObjectStore Open(Action<FileSystemStorageOptions>? configure = null)
    {
        var options = new FileSystemStorageOptions { RootPath = Root, PublicBaseUrl = "http://127.0.0.1:5080/objects" };
        configure?.Invoke(options);
        return new FileSystemObjectStore(options, Time);
    }

    /// <summary>The one object's file.</summary>
    public string OnlyFile() => Directory.GetFiles(Path.Combine(Root, "objects"), "*", SearchOption.AllDirectories).Single();

    public void Dispose() => Folder.Dispose();

    public static async Task<SignedRequestResult> SendAsync(
        FileSystemObjectStore store,
        PresignedUpload signed,
        byte[] body,
        Action<Dictionary<string, string>>? change = null
    )
    {
        var headers = new Dictionary<string, string>(signed.Headers, StringComparer.Ordinal);
        change?.Invoke(headers);
        return await store.HandleSignedRequestAsync(
            signed.Method,
            signed.Url,
            headers,
            new MemoryStream(body),
            TestContext.Current.CancellationToken
        );
    }
}
