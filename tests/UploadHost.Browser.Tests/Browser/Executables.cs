using System.Diagnostics.CodeAnalysis;

namespace UploadHost.Browser.Tests;

/// <summary>Programs that Debian's packages bring.</summary>
internal static class Executables
{
    /// <summary>The full path of the first program of that name on the PATH; null when there is none.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Tests are a host: they are configured by the environment.")]
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
