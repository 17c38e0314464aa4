namespace LedgerLift.Storage;

/// <summary>Small files that are there whole or not at all, also after a crash.</summary>
internal static class DurableFile
{
    /// <summary>The names of unfinished files of a path: a process that is killed leaves one.</summary>
    internal static string TemporaryPattern(string path) => $".{Path.GetFileName(path)}.*.tmp";

    /// <summary>Puts a file in place of what may be there.</summary>
    internal static async ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, TemporaryPattern(path).Replace("*", Guid.NewGuid().ToString("N"), StringComparison.Ordinal));
        try
        {
            await WriteAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
            DirectorySync.Flush(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(handle, content, fileOffset: 0, cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(handle);
    }
}
