using System.Globalization;
using System.Text.Json;

namespace LedgerLift.Storage;

/// <summary>Uploads in parts: a folder each, with what was announced and a file a part. Thread-safe; several processes may share the folder.</summary>
internal sealed class FileParts(FileObjects objects, TimeProvider time)
{
    private const string RecordName = "upload.json";
    private const int MaxParts = 10_000;

    private StoreFolders Folders => objects.Folders;

    internal async ValueTask<MultipartUpload> CreateAsync(UploadIntent intent, long partSize, CancellationToken cancellationToken)
    {
        if (intent.CreateOnly && File.Exists(Folders.CheckedPathOf(intent.Key)))
            throw new PreconditionFailedException(intent.Key);
        var id = Guid.NewGuid().ToString("N");
        var size = Math.Max(partSize, (intent.Length + MaxParts - 1) / MaxParts);
        var record = new PartsRecord
        {
            Key = intent.Key.Value,
            Length = intent.Length,
            PartSizeBytes = size,
            ContentType = intent.ContentType,
            Sha256 = intent.Sha256Hex,
            Md5 = intent.Md5Hex,
            CreateOnly = intent.CreateOnly,
            Metadata = intent.Metadata.Count == 0 ? null : new(intent.Metadata, StringComparer.Ordinal),
            BegunAt = time.GetUtcNow().UtcTicks,
        };
        await BeginAsync(id, record, cancellationToken).ConfigureAwait(false);
        return new MultipartUpload(intent.Key, id, intent.Length, size) { CreateOnly = intent.CreateOnly };
    }

    /// <summary>The upload's record; null when there is none of this key.</summary>
    internal async ValueTask<PartsRecord?> FindAsync(ObjectKey key, string id, CancellationToken cancellationToken) =>
        IsId(id)
        && await ReadRecordAsync(FolderOf(id), cancellationToken).ConfigureAwait(false) is { } record
        && string.Equals(record.Key, key.Value, StringComparison.Ordinal)
            ? record
            : null;

    internal async ValueTask<ObjectRecord> WritePartAsync(
        ObjectKey key,
        string id,
        int number,
        long length,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var upload = await FindAsync(key, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
        var announced = new MultipartUpload(key, id, upload.Length, upload.PartSizeBytes);
        if (number < 1 || number > announced.PartCount || announced.GetPartLength(number) != length)
            throw SignedFailures.Refusal("InvalidPart");
        var path = PartPath(id, number);
        StoreFolders.RefuseLink(path);
        var request = new WriteRequest(key, path, upload.ContentType)
        {
            Length = length,
            UploadId = id,
            Part = number,
        };
        try
        {
            return await objects
                .WriteAsync(
                    request,
                    (writer, token) => SourceReader.CopyAsync(body, writer, length, static _ => { }, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException)
        {
            throw NotFound();
        }
    }

    /// <summary>The parts that are there, by number.</summary>
    internal async ValueTask<List<ObjectRecord>> ListAsync(string id, CancellationToken cancellationToken)
    {
        var parts = new List<ObjectRecord>();
        try
        {
            foreach (var file in Directory.EnumerateFiles(FolderOf(id), "part-*"))
            {
                StoreFolders.RefuseLink(file);
                if (await ObjectFile.FindRecordAsync(file, cancellationToken).ConfigureAwait(false) is { Part: > 0 } part)
                    parts.Add(part);
            }
        }
        catch (DirectoryNotFoundException)
        {
            throw NotFound();
        }

        parts.Sort(static (left, right) => left.Part - right.Part);
        return parts;
    }

    internal string PartPath(string id, int number) =>
        Path.Combine(FolderOf(id), string.Create(CultureInfo.InvariantCulture, $"part-{number:D5}"));

    /// <summary>Removes an upload; there may be none.</summary>
    internal void Remove(string id)
    {
        if (!IsId(id))
            return;
        var folder = FolderOf(id);
        StoreFolders.RefuseLink(folder);
        try
        {
            // The record first: whoever writes a part from now on finds no upload.
            File.Delete(Path.Combine(folder, RecordName));
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
    }

    /// <summary>Every upload with the time it began; null when its record is missing, which a crash between two steps leaves.</summary>
    internal async IAsyncEnumerable<(string Id, DateTimeOffset? BegunAt)> EnumerateAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var folder in Directory.EnumerateDirectories(Folders.Uploads))
        {
            var id = Path.GetFileName(folder);
            if (!IsId(id))
                continue;
            var record = await ReadRecordAsync(folder, cancellationToken).ConfigureAwait(false);
            yield return (id, record is null ? null : new DateTimeOffset(record.BegunAt, TimeSpan.Zero));
        }
    }

    internal static StorageException NotFound() =>
        new(StorageErrorCodes.UploadNotFound, "There is no such upload: it never began, was completed, aborted or swept.")
        {
            S3Code = "NoSuchUpload",
        };

    /// <summary>An upload appears with its record or not at all: a folder without one is what a removal left, and the sweeper takes it.</summary>
    private async ValueTask BeginAsync(string id, PartsRecord record, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{id}");
        var unfinished = Path.Combine(Folders.Temporary, name);
        StoreFolders.Prepare(unfinished);
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StorageJsonContext.Default.PartsRecord);
        await DurableFile.ReplaceAsync(Path.Combine(unfinished, RecordName), json, cancellationToken).ConfigureAwait(false);
        Directory.Move(unfinished, FolderOf(id));
        DirectorySync.Flush(Folders.Uploads);
    }

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private string FolderOf(string id) => Path.Combine(Folders.Uploads, id);

    private static async ValueTask<PartsRecord?> ReadRecordAsync(string folder, CancellationToken cancellationToken)
    {
        StoreFolders.RefuseLink(folder);
        try
        {
            var json = await File.ReadAllBytesAsync(Path.Combine(folder, RecordName), cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.PartsRecord);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
