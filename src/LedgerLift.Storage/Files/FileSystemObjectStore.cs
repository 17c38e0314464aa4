using System.Runtime.CompilerServices;
using System.Text;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>
/// An object store in a folder: the embedded default, with the same promises as the one on S3. An object appears whole or not at all, also when the process or the machine
/// stops in between; several stores and processes may share a folder. Safe to use from any number of threads.
/// </summary>
/// <remarks>
/// Listing reads the records of all objects, whatever the prefix: the store is meant for thousands of objects, not for millions. Nothing is retried and there is no circuit
/// breaker: a disk that fails is not repaired by asking again. <see cref="UploadSettings.Checkpoints"/> are not used: an upload that was cut off is begun anew.
/// </remarks>
public sealed partial class FileSystemObjectStore : IObjectStore, IMultipartUploads
{
    private readonly FileSystemStorageOptions _options;
    private readonly StoreTally _tally;
    private readonly FileOperations _operations;
    private readonly FileObjects _objects;
    private readonly FileParts _parts;
    private readonly PartsCompletion _completion;
    private readonly FileSweeper _sweeper;
    private readonly FilePresigner _presigner;
    private readonly SignedRequestHandler _handler;

    /// <summary>Opens a store, and makes its folder when it is missing.</summary>
    /// <param name="options">Where and how. Later changes do not reach the store.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make it.</exception>
    /// <exception cref="StorageException">A symbolic link, or something damaged, lies where the store keeps its own.</exception>
    public FileSystemObjectStore(FileSystemStorageOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(new FileSystemStorageOptionsValidator(), options, nameof(options));
        _options = Copy(options);
        var time = timeProvider ?? TimeProvider.System;
        var folders = new StoreFolders(_options.RootPath);
        var key = _options.SigningKey is { } secret ? Encoding.UTF8.GetBytes(secret) : SigningKeyFile.ReadOrMake(folders);
        var signer = new UrlSigner(key, new Uri(_options.PublicBaseUrl));
        _tally = new StoreTally("files", time);
        _operations = new FileOperations(_tally);
        _objects = new FileObjects(folders, _tally, time);
        _parts = new FileParts(_objects, time);
        _completion = new PartsCompletion(_objects, _parts);
        _sweeper = new FileSweeper(_parts, folders, time);
        _presigner = new FilePresigner(signer, _options, time);
        _handler = new SignedRequestHandler(new SignedRequestVerifier(signer, time), _objects, _parts, _operations);
        Health = new CachedHealthCheck(() => FolderProbe.AskAsync(folders, time), _options.HealthCacheDuration, time);
    }

    /// <summary>Whether the folder can be written and read.</summary>
    internal CachedHealthCheck Health { get; }

    /// <inheritdoc/>
    public ValueTask<PresignedUpload> PresignPutAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_presigner.Put(intent));
    }

    /// <inheritdoc/>
    /// <remarks>Unlike S3, this store enforces create-only and the announced hashes for forms too.</remarks>
    public ValueTask<PresignedUpload> PresignPostAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_presigner.Post(intent));
    }

    /// <inheritdoc/>
    public ValueTask<Uri> PresignGetAsync(ObjectKey key, TimeSpan? expiry = null, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_presigner.Get(UploadRules.Key(key, nameof(key)), expiry));
    }

    /// <inheritdoc/>
    public ValueTask<UploadConfirmation> ConfirmAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return _operations.RunAsync(
            "Confirm",
            (_objects, intent),
            static (state, token) => ConfirmAsync(state._objects, state.intent, token),
            ct
        );
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenReadAsync(ObjectKey key, CancellationToken ct = default) =>
        _operations.RunAsync(
            "GetObject",
            (_objects, key: UploadRules.Key(key, nameof(key))),
            static async (state, token) =>
                await state._objects.OpenAsync(state.key, token).ConfigureAwait(false) is { } opened
                    ? opened.Content
                    : throw new ObjectNotFoundException(state.key),
            ct
        );

    /// <inheritdoc/>
    public ValueTask<StoredObject?> FindAsync(ObjectKey key, CancellationToken ct = default) =>
        _operations.RunAsync(
            "HeadObject",
            (_objects, key: UploadRules.Key(key, nameof(key))),
            static async (state, token) => (await state._objects.FindAsync(state.key, token).ConfigureAwait(false))?.ToStoredObject(),
            ct
        );

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken ct = default) =>
        _operations.RunAsync(
            "DeleteObject",
            (_objects, key: UploadRules.Key(key, nameof(key))),
            static (state, _) => ValueTask.FromResult(state._objects.Delete(state.key)),
            ct
        );

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix = "", CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return ListCoreAsync(prefix, ct);
    }

    /// <inheritdoc/>
    public ObjectStoreStatistics GetStatistics() => _tally.Read(BreakerState.Closed);

    /// <summary>
    /// Answers a request to a presigned URL of this store. The host hands over the request as it came and sends the answer as it is. Only the method, the query and the headers
    /// decide; the path may be anything, so the host is free where to serve it. Nothing of the body is read before the signature is verified, except a form's fields (24 KB at most).
    /// </summary>
    /// <param name="method">The HTTP method, in upper case.</param>
    /// <param name="url">The address with its query as it came, not decoded.</param>
    /// <param name="headers">All headers, several values of one joined; names in any case, each once.</param>
    /// <param name="body">The body; read at most to one buffer beyond what was announced.</param>
    /// <param name="ct">Cancels the request: nothing is stored.</param>
    /// <returns>The answer; a refusal is an answer too. To be disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The body could not be read: the client went away.</exception>
    public ValueTask<SignedRequestResult> HandleSignedRequestAsync(
        string method,
        Uri url,
        IReadOnlyDictionary<string, string> headers,
        Stream body,
        CancellationToken ct = default
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(body);
        return _handler.HandleAsync(method, url, headers, body, ct);
    }

    /// <summary>Removes uploads in parts that were begun longer ago than an age and neither completed nor aborted, and files that a crash left unfinished.</summary>
    /// <param name="age">The age, above 0; long enough for the slowest upload.</param>
    /// <param name="ct">Cancels the sweep.</param>
    /// <returns>How many uploads were removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="age"/> is 0 or less.</exception>
    /// <exception cref="StorageException">The folder cannot be read or written.</exception>
    public ValueTask<int> SweepIncompleteUploadsAsync(TimeSpan age, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero);
        return _operations.RunAsync("Sweep", (_sweeper, age), static (state, token) => state._sweeper.SweepAsync(state.age, token), ct);
    }

    private static async ValueTask<UploadConfirmation> ConfirmAsync(
        FileObjects objects,
        UploadIntent intent,
        CancellationToken cancellationToken
    )
    {
        if (await objects.OpenAsync(intent.Key, cancellationToken).ConfigureAwait(false) is not { } opened)
            return new UploadConfirmation(Matches: false, Object: null, Differences: []);
        await using (opened.Content.ConfigureAwait(false))
        {
            var found = opened.Record.ToStoredObject();
            if (!UploadComparison.NeedsHash(intent, found))
                return UploadComparison.Compare(intent, found, sha256Hex: null, md5Hex: null);
            // The record stands in the same file as the content: whoever changes one can change the other, so the content itself is asked.
            var (sha256, md5) = await StreamHashing.HashAsync(opened.Content, cancellationToken).ConfigureAwait(false);
            return UploadComparison.Compare(intent, found with { Sha256Hex = sha256 }, sha256, md5);
        }
    }

    private async IAsyncEnumerable<StoredObject> ListCoreAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var records = await _operations
            .RunAsync("ListObjects", (_objects, prefix), static (state, token) => state._objects.ListAsync(state.prefix, token), ct)
            .ConfigureAwait(false);
        foreach (var record in records)
        {
            ct.ThrowIfCancellationRequested();
            yield return record.ToStoredObject();
        }
    }

    private static FileSystemStorageOptions Copy(FileSystemStorageOptions options) =>
        new()
        {
            RootPath = options.RootPath,
            PublicBaseUrl = options.PublicBaseUrl,
            SigningKey = options.SigningKey,
            MaxObjectBytes = options.MaxObjectBytes,
            PresignExpiry = options.PresignExpiry,
            PartSizeBytes = options.PartSizeBytes,
            IncompleteUploadAge = options.IncompleteUploadAge,
            HealthCacheDuration = options.HealthCacheDuration,
        };
}
