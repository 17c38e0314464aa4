using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace LedgerLift.Storage;

/// <summary>
/// The format of the store's files: the content, then its record as JSON, then the record's length (4 bytes, little-endian), then eight bytes that name the format.
/// </summary>
internal static class ObjectFile
{
    private const int TailBytes = 12;
    private const int MaxRecordBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Mark => "LLOBJ\0\0\x01"u8;

    /// <summary>What stands behind a content.</summary>
    internal static byte[] TailOf(ObjectRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StorageJsonContext.Default.ObjectRecord);
        var tail = new byte[json.Length + TailBytes];
        json.CopyTo(tail, 0);
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(json.Length), json.Length);
        Mark.CopyTo(tail.AsSpan(json.Length + sizeof(int)));
        return tail;
    }

    /// <summary>Opens a file for reading; null when it is not there.</summary>
    internal static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads the record of an open file.</summary>
    /// <exception cref="StorageException">The file is not as this store writes it.</exception>
    internal static async ValueTask<ObjectRecord> ReadRecordAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var length = RandomAccess.GetLength(file);
        if (length < TailBytes)
            throw Damaged();
        var tail = await ReadAsync(file, length - TailBytes, TailBytes, cancellationToken).ConfigureAwait(false);
        var size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(sizeof(int)).SequenceEqual(Mark) || size is <= 0 or > MaxRecordBytes || size > length - TailBytes)
            throw Damaged();
        var json = await ReadAsync(file, length - TailBytes - size, size, cancellationToken).ConfigureAwait(false);
        var record = Parse(json);
        return record.Version == ObjectRecord.CurrentVersion && record.Length == length - TailBytes - size ? record : throw Damaged();
    }

    /// <summary>Reads the record of a file; null when it is not there.</summary>
    internal static async ValueTask<ObjectRecord?> FindRecordAsync(string path, CancellationToken cancellationToken)
    {
        using var file = TryOpen(path);
        return file is null ? null : await ReadRecordAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private static ObjectRecord Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.ObjectRecord) ?? throw Damaged();
        }
        catch (JsonException failure)
        {
            throw Damaged(failure);
        }
    }

    private static async ValueTask<byte[]> ReadAsync(SafeFileHandle file, long offset, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count; )
        {
            var read = await RandomAccess.ReadAsync(file, bytes.AsMemory(filled), offset + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw Damaged();
            filled += read;
        }

        return bytes;
    }

    private static StorageException Damaged(Exception? cause = null) =>
        new(
            StorageErrorCodes.ContentMismatch,
            "A file in the store's folder is not as the store wrote it: it was changed or damaged from outside.",
            isTransient: false,
            cause
        );
}
