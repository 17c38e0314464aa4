using System.Runtime.CompilerServices;

namespace LedgerLift.Storage;

/// <summary>Uploads in parts that clients send themselves. Thread-safe.</summary>
internal sealed class S3MultipartUploads(UploadServices services, S3Presigner presigner)
{
    internal async ValueTask<MultipartUpload> CreateAsync(UploadIntent intent, CancellationToken cancellationToken)
    {
        UploadRules.ThrowIfTooLong(intent.Length, services.Options.MaxObjectBytes, nameof(intent));
        var description = new ObjectDescription(intent.ContentType, intent.Metadata, UploadToken.New());
        var upload = await new UploadBirth(services).CreateAsync(intent.Key, description, cancellationToken).ConfigureAwait(false);
        // From here on it is the client's; nobody here works on it.
        await new UploadCleanup(services).EndAsync(upload).ConfigureAwait(false);
        return new MultipartUpload(
            intent.Key,
            UploadToken.Join(upload.UploadId, description.Token),
            intent.Length,
            PartSize.For(services.Options, intent.Length)
        )
        {
            CreateOnly = intent.CreateOnly,
        };
    }

    internal ValueTask<PresignedUpload> PresignPartAsync(MultipartUpload upload, int partNumber, long length)
    {
        if (length != upload.GetPartLength(partNumber))
            throw new ArgumentOutOfRangeException(
                nameof(length),
                length,
                $"Part {partNumber} has {upload.GetPartLength(partNumber)} bytes."
            );
        return presigner.PartAsync(upload.Key, UploadToken.Split(upload.UploadId).UploadId, partNumber, length);
    }

    internal async IAsyncEnumerable<UploadedPart> ListPartsAsync(
        MultipartUpload upload,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var parts = await services
            .Uploads.ListPartsAsync(upload.Key, UploadToken.Split(upload.UploadId).UploadId, cancellationToken)
            .ConfigureAwait(false);
        foreach (var part in parts ?? throw NotFound())
            yield return part;
    }

    internal async ValueTask<StoredObject> CompleteAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var (uploadId, token) = UploadToken.Split(upload.UploadId);
        var parts = await services.Uploads.ListPartsAsync(upload.Key, uploadId, cancellationToken).ConfigureAwait(false);
        if (parts is null)
            return await FindCompletedAsync(upload, token, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
        ThrowIfIncomplete(upload, parts);
        return await new UploadCompletion(services)
            .RunAsync(new UploadInParts(upload.Key, uploadId, token), parts, upload.CreateOnly, cancellationToken)
            .ConfigureAwait(false);
    }

    internal async ValueTask AbortAsync(MultipartUpload upload, CancellationToken cancellationToken) =>
        await services.Uploads.AbortAsync(upload.Key, UploadToken.Split(upload.UploadId).UploadId, cancellationToken).ConfigureAwait(false);

    // Completed by an earlier call: the object bears the upload's mark.
    private async ValueTask<StoredObject?> FindCompletedAsync(MultipartUpload upload, string? token, CancellationToken cancellationToken)
    {
        var head = token is null ? null : await services.Requests.HeadAsync(upload.Key, cancellationToken).ConfigureAwait(false);
        return string.Equals(head?.UploadToken, token, StringComparison.Ordinal) ? head?.Stored : null;
    }

    private static void ThrowIfIncomplete(MultipartUpload upload, List<UploadedPart> parts)
    {
        var isWhole =
            parts.Count == upload.PartCount
            && parts
                .Select(static (part, index) => (part, Number: index + 1))
                .All(one => one.part.Number == one.Number && one.part.Length == upload.GetPartLength(one.Number));
        if (!isWhole)
            throw new StorageException(
                StorageErrorCodes.UploadIncomplete,
                $"The upload has {upload.PartCount} parts and {upload.Length} bytes; the store has {parts.Count} parts and {parts.Sum(static part => part.Length)} bytes of it."
            );
    }

    private static StorageException NotFound() =>
        new(
            StorageErrorCodes.UploadNotFound,
            "The store has no such upload: it never began, was aborted or swept, or its object was replaced."
        );
}
