using System.Runtime.CompilerServices;

namespace LedgerLift.Storage;

/// <content>Writing: whole objects, and parts.</content>
public sealed partial class FileSystemObjectStore
{
    /// <inheritdoc/>
    public ValueTask<StoredObject> UploadAsync(
        ObjectKey key,
        Stream content,
        UploadSettings? settings = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken ct = default
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        UploadRules.Key(key, nameof(key));
        if (!content.CanRead)
            throw new ArgumentException("Give a stream that can be read.", nameof(content));
        long? total = content.CanSeek ? content.Length - content.Position : null;
        UploadRules.ThrowIfTooLong(total ?? 0, _options.MaxObjectBytes, nameof(content));
        settings ??= new UploadSettings();
        var contentType = UploadRules.ContentType(settings.ContentType, nameof(settings));
        var metadata = ObjectMetadata.Check(settings.Metadata);
        return _operations.RunAsync(
            "PutObject",
            (store: this, key, content, contentType, metadata, settings.CreateOnly, progress, total),
            static async (state, token) =>
            {
                var request = new WriteRequest(state.key, state.store._objects.Folders.CheckedPathOf(state.key), state.contentType)
                {
                    CreateOnly = state.CreateOnly,
                    Metadata = state.metadata,
                };
                var record = await state.store.WriteAsync(request, state.content, state.progress, state.total, token).ConfigureAwait(false);
                state.progress?.Report(new TransferProgress(record.Length, record.Length));
                return record.ToStoredObject();
            },
            ct
        );
    }

    /// <inheritdoc/>
    public ValueTask<MultipartUpload> CreateAsync(UploadIntent intent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        UploadRules.ThrowIfTooLong(intent.Length, _options.MaxObjectBytes, nameof(intent));
        return _operations.RunAsync(
            "CreateMultipartUpload",
            (_parts, intent, _options.PartSizeBytes),
            static (state, token) => state._parts.CreateAsync(state.intent, state.PartSizeBytes, token),
            ct
        );
    }

    /// <inheritdoc/>
    public ValueTask<PresignedUpload> PresignPartAsync(MultipartUpload upload, int partNumber, long length, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ct.ThrowIfCancellationRequested();
        var expected = upload.GetPartLength(partNumber);
        if (length != expected)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"Part {partNumber} has {expected} bytes.");
        return ValueTask.FromResult(_presigner.Part(upload, partNumber, length));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return ListPartsCoreAsync(upload, ct);
    }

    /// <inheritdoc/>
    public ValueTask<StoredObject> CompleteAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _operations.RunAsync(
            "CompleteMultipartUpload",
            (_completion, upload),
            static async (state, token) =>
                (await state._completion.CompleteAsync(state.upload, token).ConfigureAwait(false)).ToStoredObject(),
            ct
        );
    }

    /// <inheritdoc/>
    public async ValueTask AbortAsync(MultipartUpload upload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        await _operations
            .RunAsync(
                "AbortMultipartUpload",
                (_parts, upload),
                static (state, _) =>
                {
                    state._parts.Remove(state.upload.UploadId);
                    return ValueTask.FromResult(true);
                },
                ct
            )
            .ConfigureAwait(false);
    }

    private async ValueTask<ObjectRecord> WriteAsync(
        WriteRequest request,
        Stream content,
        IProgress<TransferProgress>? progress,
        long? total,
        CancellationToken cancellationToken
    )
    {
        var limit = _options.MaxObjectBytes;
        return await _objects
            .WriteAsync(
                request,
                async (writer, token) =>
                {
                    await SourceReader
                        .CopyAsync(content, writer, limit, bytes => progress?.Report(new TransferProgress(bytes, total)), token)
                        .ConfigureAwait(false);
                    UploadRules.ThrowIfTooLong(writer.Length, limit, nameof(content));
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async IAsyncEnumerable<UploadedPart> ListPartsCoreAsync(MultipartUpload upload, [EnumeratorCancellation] CancellationToken ct)
    {
        var parts = await _operations
            .RunAsync(
                "ListParts",
                (_parts, upload),
                static async (state, token) =>
                    await state._parts.FindAsync(state.upload.Key, state.upload.UploadId, token).ConfigureAwait(false) is null
                        ? throw FileParts.NotFound()
                        : await state._parts.ListAsync(state.upload.UploadId, token).ConfigureAwait(false),
                ct
            )
            .ConfigureAwait(false);
        foreach (var part in parts)
            yield return new UploadedPart(part.Part, part.Length, part.ETag);
    }
}
