using DocumentPipeline;

namespace UploadHost;

/// <summary>The folder of the embedded parts.</summary>
internal static class DataFolder
{
    /// <summary>Makes the folder, for this user alone.</summary>
    /// <exception cref="SettingsException">It cannot be made.</exception>
    public static string Open(string? wanted)
    {
        var folder = Path.GetFullPath(wanted ?? Standard());
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The data folder {folder} cannot be made; set LedgerLift__Host__DataFolder to one that can.");
        }
    }

    private static string Standard()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(own.Length > 0 ? own : Directory.GetCurrentDirectory(), "ledgerlift-upload-host");
    }
}
