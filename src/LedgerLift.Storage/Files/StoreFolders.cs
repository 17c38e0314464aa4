using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// Where the file-system store keeps what. A key never becomes a path: its SHA-256 does, in lower-case hex, so that no key can leave the folder, be too long for a name, or
/// be another key on a file system that folds case or composes letters. Symbolic links inside the folder are refused.
/// </summary>
internal sealed class StoreFolders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="IOException">A folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make it.</exception>
    internal StoreFolders(string rootPath)
    {
        Root = Path.GetFullPath(rootPath);
        Objects = Path.Combine(Root, "objects");
        Uploads = Path.Combine(Root, "uploads");
        Temporary = Path.Combine(Root, "temporary");
        Make(Root);
        foreach (var folder in (string[])[Objects, Uploads, Temporary])
            Prepare(folder);
    }

    internal string Root { get; }

    internal string Objects { get; }

    internal string Uploads { get; }

    internal string Temporary { get; }

    /// <summary>The file of a key; its folder may be missing.</summary>
    internal string PathOf(ObjectKey key)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Value)));
        return Path.Combine(Objects, hash[..2], hash);
    }

    /// <summary>The file of a key after looking that nobody put a link in its way.</summary>
    /// <exception cref="StorageException">A link is in the way.</exception>
    internal string CheckedPathOf(ObjectKey key)
    {
        var path = PathOf(key);
        RefuseLink(Objects);
        RefuseLink(Path.GetDirectoryName(path)!);
        RefuseLink(path);
        return path;
    }

    /// <summary>Makes a folder of this store if it is missing, and its name durable.</summary>
    internal static void Prepare(string folder)
    {
        RefuseLink(folder);
        if (Directory.Exists(folder))
            return;
        Make(folder);
        DirectorySync.Flush(Path.GetDirectoryName(folder)!);
    }

    /// <summary>Refuses a file or folder that leads elsewhere.</summary>
    internal static void RefuseLink(string path)
    {
        var file = new FileInfo(path);
        // LinkTarget tells dangling links too, which do not exist for anything else.
        if (file.LinkTarget is not null)
            throw new StorageException(
                StorageErrorCodes.Refused,
                "A symbolic link lies in the store's folder where a file or folder of its own must be. Remove it."
            );
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }
}
