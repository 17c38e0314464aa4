namespace DocumentPipeline;

/// <summary>Finds the PDF tool.</summary>
public static class PdfTool
{
    /// <summary>The path of <c>pdftotext</c>; null when this machine has none.</summary>
    public static string? Find(ExtractionLimits limits)
    {
        if (limits.PdfTool is { } named)
            return File.Exists(named) ? named : null;
        var name = OperatingSystem.IsWindows() ? "pdftotext.exe" : "pdftotext";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
