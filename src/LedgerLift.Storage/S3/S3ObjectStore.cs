using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Storage;

/// <summary>Objects in one bucket of any S3: Amazon's own, MinIO, Ceph and others, told apart by options alone.</summary>
/// <remarks>
/// <para>Thread-safe; one store serves a whole process. Dispose it at the end: it owns its connections.</para>
/// <para>
/// Every request runs through one retry, one budget and one circuit breaker; the SDK repeats nothing, so what is counted is what went over the wire. A lost
/// answer is looked into: an upload that took effect is reported as done, and nothing is written twice.
/// </para>
/// </remarks>
public sealed class S3ObjectStore : IObjectStore, IMultipartUploads, IDisposable
{
    private readonly S3Connection _connection;
    private readonly S3Calls _calls;
    private readonly S3Wire _wire;
    private readonly S3Requests _requests;
    private readonly UploadServices _services;
    private readonly S3Presigner _presigner;
    private readonly S3MultipartUploads _multipart;
    private readonly ILogger _logger;

    /// <summary>Makes a store. No I/O: nothing is asked before the first operation.</summary>
    /// <param name="options">The settings, read once.</param>
    /// <param name="loggerFactory">Where events go; <see langword="null"/>: nowhere.</param>
    /// <param name="timeProvider">The clock of signatures, waits and limits; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range; the message names every fault.</exception>
    public S3ObjectStore(StorageOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(StorageOptionsValidator.Instance, options, nameof(options));
        options = options.Copy();
        var time = timeProvider ?? TimeProvider.System;
        _logger = loggerFactory?.CreateLogger(StorageDiagnostics.MeterName) ?? NullLogger.Instance;
        _connection = new S3Connection(options, time);
        _calls = new S3Calls(options, new S3Telemetry(options.Bucket, _connection.Endpoint.Authority), time);
        _wire = new S3Wire(_connection, _calls.Tally);
        _requests = new S3Requests(_connection, _calls);
        var uploads = new S3UploadRequests(_connection, _calls);
        _services = new UploadServices(
            options,
            _calls,
            _wire,
            _requests,
            uploads,
            new ActiveUploads(),
            new PartBufferPool(options),
            time,
            _logger
        );
        _presigner = new S3Presigner(_connection);
        _multipart = new S3MultipartUploads(_services, _presigner);
        Health = new CachedHealthCheck(() => BucketProbe.AskAsync(this), options.HealthCacheDuration, time);
    }

    internal StorageOptions Options => _connection.Options;

    internal ILogger Logger => _logger;

    internal CachedHealthCheck Health { get; }

    internal S3Requests Requests => _requests;

    internal TimeProvider Time => _connection.Time;

    /// <inheritdoc/>
    public ValueTask<PresignedUpload> PresignPutAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ct.ThrowIfCancellationRequested();
        return _presigner.PutAsync(intent);
    }

    /// <inheritdoc/>
    public ValueTask<PresignedUpload> PresignPostAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ct.ThrowIfCancellationRequested();
        return _presigner.PostAsync(intent);
    }

    /// <inheritdoc/>
    public ValueTask<Uri> PresignGetAsync(ObjectKey key, TimeSpan? expiry = null, CancellationToken ct = default)
    {
        UploadRules.Key(key, nameof(key));
        ct.ThrowIfCancellationRequested();
        return _presigner.GetAsync(key, expiry);
    }

    /// <inheritdoc/>
    public ValueTask<UploadConfirmation> ConfirmAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return new UploadVerifier(_connection, _calls, _wire, _requests).ConfirmAsync(intent, ct);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Up to <see cref="StorageOptions.MultipartThresholdBytes"/> in one request, beyond in parts, with up to
    /// (<see cref="StorageOptions.Concurrency"/> + 1) × <see cref="StorageOptions.PartSizeBytes"/> of memory. The store verifies the SHA-256 of every request's
    /// body. For an object sent in one request, <see cref="StoredObject.LastModified"/> is the instant of the store's answer.
    /// </remarks>
    public ValueTask<StoredObject> UploadAsync(
        ObjectKey key,
        Stream content,
        UploadSettings? settings = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken ct = default
    )
    {
        UploadRules.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(content));
        var length = PartReader.LengthOf(content);
        UploadRules.ThrowIfTooLong(length ?? 0, Options.MaxObjectBytes, nameof(content));
        ct.ThrowIfCancellationRequested();
        var job = new UploadJob(key, settings ?? new UploadSettings(), new UploadProgress(progress, length), length);
        return new UploadEngine(_services).UploadAsync(job, content, ct);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A broken connection is made anew and the content goes on from where it was, of the same version of the object. A read that gets no byte for
    /// <see cref="StorageOptions.TransferStallTimeout"/> counts as broken. The stream can only be read asynchronously.
    /// </remarks>
    public async ValueTask<Stream> OpenReadAsync(ObjectKey key, CancellationToken ct = default)
    {
        UploadRules.Key(key, nameof(key));
        var download = new ObjectDownload(_connection, _calls, _wire, key, etag: null);
        var first = await download.OpenAsync(from: 0, ct).ConfigureAwait(false);
        return new ObjectReadStream(download, first, _logger);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> FindAsync(ObjectKey key, CancellationToken ct = default)
    {
        UploadRules.Key(key, nameof(key));
        var head = await _requests.HeadAsync(key, ct).ConfigureAwait(false);
        return head?.Stored;
    }

    /// <inheritdoc/>
    /// <remarks>In a bucket that keeps versions the object is gone for everybody who does not ask for old versions: see <see cref="DeleteAllVersionsAsync"/>.</remarks>
    public async ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken ct = default)
    {
        UploadRules.Key(key, nameof(key));
        // S3 says the same whether there was something or not.
        var head = await _requests.HeadAsync(key, ct).ConfigureAwait(false);
        return head is not null && await _requests.DeleteAsync(key, versionId: null, ct).ConfigureAwait(false);
    }

    /// <summary>Removes an object with every version of it and every mark of removal, so that nothing of its content is left in the bucket.</summary>
    /// <param name="key">The object.</param>
    /// <param name="cancellationToken">Cancels the call; what was removed until then stays removed.</param>
    /// <returns>How many versions and marks were removed.</returns>
    /// <exception cref="StorageException">The store could not do it.</exception>
    public async ValueTask<int> DeleteAllVersionsAsync(ObjectKey key, CancellationToken cancellationToken = default)
    {
        UploadRules.Key(key, nameof(key));
        var versions = await _requests.ListVersionsAsync(key, cancellationToken).ConfigureAwait(false);
        foreach (var version in versions)
            await _requests.DeleteAsync(key, version.VersionId, cancellationToken).ConfigureAwait(false);
        return versions.Count;
    }

    /// <inheritdoc/>
    /// <remarks>Objects whose names are no <see cref="ObjectKey"/>, which only others can have written, are left out.</remarks>
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix = "", CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _requests
            .ListAsync(prefix, ct)
            .Where(static item => ObjectKey.TryParse(item.Key, out _))
            .Select(static item => HeadReading.Read(item));
    }

    /// <inheritdoc/>
    public ObjectStoreStatistics GetStatistics() => _calls.Tally.Read(_calls.Breaker);

    /// <summary>Removes uploads in parts that began long ago and were never completed; their parts cost money and are in no listing.</summary>
    /// <param name="olderThan">How long ago, zero or more: longer than any upload takes. Uploads of this store that are under way are left alone.</param>
    /// <param name="prefix">What their keys begin with; empty for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="olderThan"/> is negative.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="prefix"/> is <see langword="null"/>.</exception>
    /// <exception cref="StorageException">The store could not do it.</exception>
    public ValueTask<int> SweepIncompleteUploadsAsync(TimeSpan olderThan, string prefix = "", CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(prefix);
        return new IncompleteUploads(_services).SweepAsync(olderThan, prefix, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MultipartUpload> CreateAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return _multipart.CreateAsync(intent, ct);
    }

    /// <inheritdoc/>
    public ValueTask<PresignedUpload> PresignPartAsync(MultipartUpload upload, int partNumber, long length, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ct.ThrowIfCancellationRequested();
        return _multipart.PresignPartAsync(upload, partNumber, length);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _multipart.ListPartsAsync(upload, ct);
    }

    /// <inheritdoc/>
    public ValueTask<StoredObject> CompleteAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _multipart.CompleteAsync(upload, ct);
    }

    /// <inheritdoc/>
    public ValueTask AbortAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _multipart.AbortAsync(upload, ct);
    }

    /// <summary>Closes the connections. Operations under way fail.</summary>
    public void Dispose() => _connection.Dispose();
}
