using System.Runtime.InteropServices;

namespace LedgerLift.Storage;

/// <summary>
/// Gives a finished file its name only if nobody has it: POSIX link(2), which is atomic among all processes. The framework's own move looks first and renames then,
/// so two could both succeed.
/// </summary>
internal static partial class FileLink
{
    private const int NoEntry = 2;
    private const int AlreadyExists = 17;

    private static readonly Lock WithoutLinks = new();

    /// <summary>Moves a file to a name that is free.</summary>
    /// <returns>False when the name is taken; the file then stays where it was.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    internal static bool TryMove(string from, string to)
    {
        if (OperatingSystem.IsWindows())
            return TryMoveWithoutLinks(from, to);
        if (Link(from, to) == 0)
        {
            File.Delete(from);
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            AlreadyExists => false,
            NoEntry => throw new DirectoryNotFoundException("The folder of the new name is gone."),
            // Some file systems have no hard links (EPERM, ENOTSUP, ENOSYS: FAT, some network and container mounts). There, one process still cannot race itself.
            _ => TryMoveWithoutLinks(from, to),
        };
    }

    private static bool TryMoveWithoutLinks(string from, string to)
    {
        lock (WithoutLinks)
        {
            if (File.Exists(to))
                return false;
            try
            {
                File.Move(from, to, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(to) && File.Exists(from))
            {
                return false;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
