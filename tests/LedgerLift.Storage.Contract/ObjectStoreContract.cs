namespace LedgerLift.Storage.Contract;

/// <summary>What every object store promises. A test class inherits it and says how to make a store and how to reach it.</summary>
public abstract partial class ObjectStoreContract
{
    private const long MiB = ContractSettings.MiB;

    private readonly string _prefix = $"contract/{Guid.NewGuid():N}";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Objects enough that a listing needs a second page.</summary>
    protected virtual int ListedObjects => 1_010;

    /// <summary>How many callers race each other.</summary>
    protected virtual int Racers => 8;

    /// <summary>Whether a form can be create-only; S3's cannot.</summary>
    protected virtual bool FormsAreCreateOnly => false;

    /// <summary>Whether what was lost on its way is sent again, so that more bytes are sent than uploaded.</summary>
    protected virtual bool RepeatsBodies => false;

    /// <summary>Makes a store; it may hold objects of other tests under other keys.</summary>
    protected abstract ValueTask<ContractStore> CreateAsync(ContractSettings settings);

    /// <summary>Sends a request as a client does.</summary>
    protected abstract Task<SignedReply> SendAsync(ContractStore store, SignedSend send);

    /// <summary>Lets so much time pass, and a little more, by the clock that judges signatures.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>How many uploads in parts were begun under the test's keys and neither completed nor aborted.</summary>
    protected abstract Task<int> CountIncompleteAsync(ContractStore store, string prefix);

    protected ValueTask<ContractStore> CreateAsync() => CreateAsync(new ContractSettings());

    /// <summary>A key of this test.</summary>
    protected ObjectKey Key(string name = "document") => ObjectKey.Parse($"{_prefix}/{name}");

    /// <summary>What the keys of this test begin with.</summary>
    protected string Prefix(string name = "") => $"{_prefix}/{name}";

    private UploadIntent Intent(byte[] content, string name = "document", bool hashes = true) =>
        new(Key(name), content.Length, "application/pdf")
        {
            Sha256Hex = hashes ? Bytes.Sha256(content) : null,
            Md5Hex = hashes ? Bytes.Md5(content) : null,
        };

    private static async Task<byte[]> ReadAsync(ContractStore store, ObjectKey key)
    {
        await using var content = await store.Objects.OpenReadAsync(key, Cancellation);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    private static async Task<List<StoredObject>> ListAsync(ContractStore store, string prefix)
    {
        var found = new List<StoredObject>();
        await foreach (var item in store.Objects.ListAsync(prefix, Cancellation))
            found.Add(item);
        return found;
    }

    private static ValueTask<StoredObject> PutAsync(ContractStore store, ObjectKey key, byte[] content, UploadSettings? settings = null) =>
        store.Objects.UploadAsync(key, new MemoryStream(content), settings, progress: null, Cancellation);
}
