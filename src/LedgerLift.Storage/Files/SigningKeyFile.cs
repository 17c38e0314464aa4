using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>The secret of a store that was given none: made once, kept beside the objects, the same for every process that uses the folder.</summary>
internal static class SigningKeyFile
{
    private const int KeyBytes = 32;

    internal static byte[] ReadOrMake(StoreFolders folders)
    {
        var path = Path.Combine(folders.Root, "signing.key");
        StoreFolders.RefuseLink(path);
        if (!File.Exists(path))
            Make(folders, path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? key
            : throw new StorageException(
                StorageErrorCodes.ContentMismatch,
                "The file signing.key in the store's folder is damaged. Remove it; URLs that were signed end with it."
            );
    }

    private static void Make(StoreFolders folders, string path)
    {
        var temporary = Path.Combine(folders.Temporary, $"0-{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(temporary, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }

            // Another process may have been first; its key counts.
            if (FileLink.TryMove(temporary, path))
                DirectorySync.Flush(folders.Root);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
