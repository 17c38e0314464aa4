using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// Keeps checkpoints as small JSON files in a folder. A file is replaced whole and flushed to the disk before <see cref="SaveAsync"/> returns. Safe to use from
/// several threads and processes; the last writer of a key wins.
/// </summary>
public sealed class FileUploadCheckpointStore : IUploadCheckpointStore
{
    private readonly string _folder;

    /// <summary>Keeps checkpoints in a folder.</summary>
    /// <param name="folder">The folder; made when it is missing. It must belong to the user alone: a checkpoint names keys and uploads.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or blank.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FileUploadCheckpointStore(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Directory.CreateDirectory(folder).FullName;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="key"/> is <c>default</c>.</exception>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public async ValueTask<UploadCheckpoint?> LoadAsync(ObjectKey key, CancellationToken ct = default)
    {
        var path = PathOf(key);
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false);
            return UploadCheckpointJson.Read(bytes) is { } checkpoint && checkpoint.Key == key ? checkpoint : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="checkpoint"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async ValueTask SaveAsync(UploadCheckpoint checkpoint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var path = PathOf(checkpoint.Key);
        await DurableFile.ReplaceAsync(path, UploadCheckpointJson.Write(checkpoint), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="key"/> is <c>default</c>.</exception>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public ValueTask RemoveAsync(ObjectKey key, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(key);
        File.Delete(path);
        foreach (var unfinished in Directory.EnumerateFiles(_folder, DurableFile.TemporaryPattern(path)))
            File.Delete(unfinished);
        return ValueTask.CompletedTask;
    }

    /// <summary>A hash as the name: keys are longer than file names may be, and file systems fold letters that keys tell apart.</summary>
    private string PathOf(ObjectKey key)
    {
        var name = UploadRules.Key(key, nameof(key)).Value;
        return Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) + ".json");
    }
}
