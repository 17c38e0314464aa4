using System.Buffers;
using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Makes an object from its parts. May run twice at once, in two processes: one publishes, the other finds what it published.</summary>
internal sealed class PartsCompletion(FileObjects objects, FileParts parts)
{
    private const int BufferBytes = 128 * 1024;

    internal async ValueTask<ObjectRecord> CompleteAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        if (await parts.FindAsync(upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false) is not { } announced)
            return await FindCompletedAsync(upload, cancellationToken).ConfigureAwait(false) ?? throw FileParts.NotFound();
        try
        {
            var there = await parts.ListAsync(upload.UploadId, cancellationToken).ConfigureAwait(false);
            ThrowIfIncomplete(new MultipartUpload(upload.Key, upload.UploadId, announced.Length, announced.PartSizeBytes), there);
            var record = await PublishAsync(upload, announced, there, cancellationToken).ConfigureAwait(false);
            parts.Remove(upload.UploadId);
            return record;
        }
        catch (StorageException failure) when (failure is PreconditionFailedException || IsGone(failure))
        {
            // Another completion of the same upload may have been faster, or this one was cut off before it could clear up.
            if (await FindCompletedAsync(upload, cancellationToken).ConfigureAwait(false) is not { } completed)
                throw;
            parts.Remove(upload.UploadId);
            return completed;
        }
    }

    private async ValueTask<ObjectRecord?> FindCompletedAsync(MultipartUpload upload, CancellationToken cancellationToken) =>
        await objects.FindAsync(upload.Key, cancellationToken).ConfigureAwait(false) is { } record
        && string.Equals(record.UploadId, upload.UploadId, StringComparison.Ordinal)
            ? record
            : null;

    private ValueTask<ObjectRecord> PublishAsync(
        MultipartUpload upload,
        PartsRecord announced,
        List<ObjectRecord> there,
        CancellationToken cancellationToken
    )
    {
        var request = new WriteRequest(upload.Key, objects.Folders.CheckedPathOf(upload.Key), announced.ContentType)
        {
            CreateOnly = announced.CreateOnly,
            Metadata = announced.Metadata ?? ObjectMetadata.None,
            Length = announced.Length,
            Sha256Hex = announced.Sha256,
            Md5Hex = announced.Md5,
            UploadId = upload.UploadId,
        };
        return objects.WriteAsync(request, (writer, token) => CopyAsync(upload.UploadId, there, writer, token), cancellationToken);
    }

    private async ValueTask CopyAsync(string id, List<ObjectRecord> there, ObjectFileWriter writer, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            foreach (var part in there)
                await CopyPartAsync(parts.PartPath(id, part.Part), part.Length, writer, buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask CopyPartAsync(
        string path,
        long length,
        ObjectFileWriter writer,
        byte[] buffer,
        CancellationToken cancellationToken
    )
    {
        using var file = ObjectFile.TryOpen(path) ?? throw FileParts.NotFound();
        for (long offset = 0; offset < length; )
        {
            var room = (int)Math.Min(buffer.Length, length - offset);
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, room), offset, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw FileParts.NotFound();
            await writer.AppendAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            offset += read;
        }
    }

    private static void ThrowIfIncomplete(MultipartUpload upload, List<ObjectRecord> there)
    {
        var lengths = there.ToDictionary(static part => part.Part, static part => part.Length);
        // An empty object has one empty part, which need not be sent.
        var missing = Enumerable
            .Range(1, upload.PartCount)
            .Where(number => lengths.GetValueOrDefault(number, upload.Length == 0 ? 0 : -1) != upload.GetPartLength(number))
            .ToList();
        if (missing.Count > 0)
            throw new StorageException(
                StorageErrorCodes.UploadIncomplete,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{missing.Count} of {upload.PartCount} parts are missing or have another size; the first is part {missing[0]}."
                )
            );
    }

    private static bool IsGone(StorageException failure) =>
        failure.Code is StorageErrorCodes.UploadNotFound or StorageErrorCodes.UploadIncomplete;
}
