using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LedgerLift.Storage;

/// <summary>
/// Makes names durable: after a crash a renamed file has its new name only when its folder was flushed too (POSIX fsync). The framework cannot open folders,
/// so this calls the system's library. On Windows the file system's journal does it, and nothing is called.
/// </summary>
internal static partial class DirectorySync
{
    [SuppressMessage("Usage", "VSTHRD103", Justification = "There is no asynchronous fsync.")]
    internal static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenReadOnly(directory, flags: 0);
        if (descriptor < 0)
            throw new IOException($"The folder cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some network file systems cannot flush folders and say so (EINVAL, ENOTSUP); there is nothing more to do for them.
            _ = FlushDescriptor(descriptor);
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenReadOnly(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);
}
