using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace LedgerLift.Storage;

/// <summary>Writes one file beside its place, and puts it there when it is whole and flushed. Disposed without that, it leaves nothing. Not thread-safe.</summary>
internal sealed class ObjectFileWriter : IDisposable
{
    private readonly ContentHashes _hashes = new();
    private readonly SafeFileHandle _file;
    private readonly string _path;

    internal ObjectFileWriter(StoreFolders folders, TimeProvider time)
    {
        StoreFolders.Prepare(folders.Temporary);
        // The name begins with the time, so that the sweeper can tell how old it is by the store's own clock.
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Guid.NewGuid():N}");
        _path = Path.Combine(folders.Temporary, name);
        _file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
    }

    internal long Length { get; private set; }

    internal async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await RandomAccess.WriteAsync(_file, bytes, Length, cancellationToken).ConfigureAwait(false);
        _hashes.Append(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>The hashes of all that was appended. Once.</summary>
    internal (string Sha256Hex, string Md5Hex) FinishHashes() => _hashes.Finish();

    /// <summary>Ends the file with its record and puts it in place.</summary>
    /// <returns>False when it may only create and the place is taken.</returns>
    internal async ValueTask<bool> PublishAsync(ObjectRecord record, string path, bool createOnly, CancellationToken cancellationToken)
    {
        await RandomAccess.WriteAsync(_file, ObjectFile.TailOf(record), Length, cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        if (!createOnly)
            File.Move(_path, path, overwrite: true);
        else if (!FileLink.TryMove(_path, path))
            return false;
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    public void Dispose()
    {
        _file.Dispose();
        _hashes.Dispose();
        File.Delete(_path);
    }
}
