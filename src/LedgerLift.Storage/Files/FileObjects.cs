using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Objects as files: writes whole or not at all, finds, opens, removes, lists. Thread-safe; several processes may share the folder.</summary>
internal sealed class FileObjects(StoreFolders folders, StoreTally tally, TimeProvider time)
{
    internal StoreFolders Folders => folders;

    /// <summary>Fills a file, compares it with what it must be, and puts it in place.</summary>
    /// <exception cref="PreconditionFailedException">It may only create, and the object is there.</exception>
    /// <exception cref="StorageException">The content is not what it must be.</exception>
    internal async ValueTask<ObjectRecord> WriteAsync(
        WriteRequest request,
        Func<ObjectFileWriter, CancellationToken, ValueTask> fill,
        CancellationToken cancellationToken
    )
    {
        // Before the content is read, where that already tells.
        if (request.CreateOnly && File.Exists(request.Path))
            throw new PreconditionFailedException(request.Key);
        using var writer = new ObjectFileWriter(folders, time);
        await fill(writer, cancellationToken).ConfigureAwait(false);
        ContentCheck.Length(request.Length, writer.Length);
        var (sha256, md5) = writer.FinishHashes();
        ContentCheck.Hash(request.Sha256Hex, sha256);
        ContentCheck.Hash(request.Md5Hex, md5);
        var record = RecordOf(request, writer.Length, sha256, md5);
        if (request.Part == 0)
            StoreFolders.Prepare(Path.GetDirectoryName(request.Path)!);
        if (!await writer.PublishAsync(record, request.Path, request.CreateOnly, cancellationToken).ConfigureAwait(false))
            throw new PreconditionFailedException(request.Key);
        // What comes from parts was counted when the parts came.
        if (request.UploadId is null || request.Part > 0)
            tally.Sent(record.Length);
        return record;
    }

    /// <summary>The record of an object, or null when it is not there.</summary>
    internal async ValueTask<ObjectRecord?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var record = await ObjectFile.FindRecordAsync(folders.CheckedPathOf(key), cancellationToken).ConfigureAwait(false);
        return record is null || string.Equals(record.Key, key.Value, StringComparison.Ordinal)
            ? record
            : throw new StorageException(StorageErrorCodes.ContentMismatch, "A file in the store's folder lies under another key's name.");
    }

    /// <summary>Opens an object; null when it is not there.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the file, and the caller the stream.")]
    internal async ValueTask<(ObjectRecord Record, Stream Content)?> OpenAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (ObjectFile.TryOpen(folders.CheckedPathOf(key)) is not { } file)
            return null;
        try
        {
            var record = await ObjectFile.ReadRecordAsync(file, cancellationToken).ConfigureAwait(false);
            return (record, new ObjectContentStream(file, record.Length, tally));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    internal bool Delete(ObjectKey key)
    {
        var path = folders.CheckedPathOf(key);
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>The records of all objects whose keys begin with a text, in the order of their keys' bytes.</summary>
    internal async ValueTask<List<ObjectRecord>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var records = new List<ObjectRecord>();
        foreach (var folder in Directory.EnumerateDirectories(folders.Objects))
        {
            StoreFolders.RefuseLink(folder);
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                StoreFolders.RefuseLink(file);
                // One that goes meanwhile is simply not listed.
                var record = await ObjectFile.FindRecordAsync(file, cancellationToken).ConfigureAwait(false);
                if (record is not null && record.Key.StartsWith(prefix, StringComparison.Ordinal))
                    records.Add(record);
            }
        }

        records.Sort(static (left, right) => Utf8Order.Compare(left.Key, right.Key));
        return records;
    }

    private ObjectRecord RecordOf(WriteRequest request, long length, string sha256, string md5) =>
        new()
        {
            Key = request.Key.Value,
            Length = length,
            ContentType = request.ContentType,
            Sha256 = sha256,
            Md5 = md5,
            WrittenAt = time.GetUtcNow().UtcTicks,
            UploadId = request.UploadId,
            Part = request.Part,
            Metadata = request.Metadata.Count == 0 ? null : new(request.Metadata, StringComparer.Ordinal),
        };
}
