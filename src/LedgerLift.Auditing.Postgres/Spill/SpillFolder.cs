using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auditing.Postgres;

/// <summary>A process's own folder below the spill directory, held by a file lock that ends with the process, however it ends.</summary>
internal sealed class SpillFolder : IDisposable
{
    internal const string Extension = ".spill";
    private const string LockName = "owner.lock";
    private readonly FileStream _lock;

    private SpillFolder(string path, FileStream owner) => (Path, _lock) = (path, owner);

    internal string Path { get; }

    /// <summary>A new folder.</summary>
    internal static SpillFolder Create(string root)
    {
        var path = System.IO.Path.Combine(root, Guid.CreateVersion7().ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return TryOwn(path) ?? throw new IOException("The new spill folder is in use already.");
    }

    /// <summary>The folders that dead processes left, oldest first; from now on they are ours.</summary>
    internal static IReadOnlyList<SpillFolder> Adopt(string root) =>
        Directory.Exists(root)
            ?
            [
                .. Directory
                    .EnumerateDirectories(root)
                    .Order(StringComparer.Ordinal)
                    .Select(TryOwn)
                    .OfType<SpillFolder>()
                    .Select(WithoutEmpty),
            ]
            : [];

    /// <summary>The closed segments, in the order in which they were written.</summary>
    internal IReadOnlyList<string> Segments() => [.. Directory.EnumerateFiles(Path, "*" + Extension).Order(StringComparer.Ordinal)];

    internal string SegmentPath(long number) => System.IO.Path.Combine(Path, $"{number:D12}{Extension}");

    /// <summary>Gives the folder up, and removes it when nothing is left in it.</summary>
    public void Dispose()
    {
        var isEmpty = !Directory.EnumerateFileSystemEntries(Path).Skip(1).Any();
        if (isEmpty)
            File.Delete(System.IO.Path.Combine(Path, LockName));
        _lock.Dispose();
        if (isEmpty)
            TryRemove();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The lock lives as long as the folder that is given back.")]
    private static SpillFolder? TryOwn(string path)
    {
        try
        {
            return new SpillFolder(
                path,
                new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (IOException)
        {
            // Its process lives, or it has just been removed.
            return null;
        }
    }

    // A process that was killed between making a segment and writing to it leaves an empty one.
    private static SpillFolder WithoutEmpty(SpillFolder folder)
    {
        foreach (var segment in folder.Segments().Where(static path => new FileInfo(path).Length == 0))
            File.Delete(segment);
        return folder;
    }

    private void TryRemove()
    {
        try
        {
            Directory.Delete(Path);
        }
        catch (IOException)
        {
            // Somebody adopted it in between; it is empty and theirs.
        }
    }
}
