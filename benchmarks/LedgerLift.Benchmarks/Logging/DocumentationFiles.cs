namespace LedgerLift.Benchmarks;

/// <summary>The XML documentation that comes with the SDK and with restored packages.</summary>
internal static class DocumentationFiles
{
    /// <summary>The files, in a stable order.</summary>
    public static IEnumerable<string> All() =>
        Folders()
            .Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Folders()
    {
        // shared/Microsoft.NETCore.App/<version>/ lies beside packs/.
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        yield return Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs"));
        yield return Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    }
}
