using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Removes what crashes and forgotten uploads leave behind.</summary>
internal sealed class FileSweeper(FileParts parts, StoreFolders folders, TimeProvider time)
{
    /// <summary>Removes uploads in parts, and files that were never put in place, that began longer ago than the age.</summary>
    /// <returns>How many uploads in parts were removed.</returns>
    internal async ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - age;
        var swept = 0;
        await foreach (var (id, begunAt) in parts.EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (begunAt >= oldest)
                continue;
            parts.Remove(id);
            swept++;
        }

        foreach (var file in Directory.EnumerateFiles(folders.Temporary).Where(file => BegunAt(file) < oldest))
            File.Delete(file);
        foreach (var folder in Directory.EnumerateDirectories(folders.Temporary).Where(folder => BegunAt(folder) < oldest))
            Directory.Delete(folder, recursive: true);
        return swept;
    }

    private static DateTimeOffset BegunAt(string file)
    {
        var name = Path.GetFileName(file.AsSpan());
        var dash = name.IndexOf('-');
        return dash > 0 && long.TryParse(name[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
    }
}
