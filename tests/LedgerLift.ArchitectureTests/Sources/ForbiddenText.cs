using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>A text that must not stand in some files. The patterns are written so that they do not match their own line.</summary>
internal sealed record ForbiddenText(string Reason, Regex Pattern, string FilePattern, params string[] Folders)
{
    public IEnumerable<string> Occurrences() =>
        Repository
            .Files(FilePattern, Folders)
            .Where(IsText)
            .SelectMany(path =>
                Repository
                    .ReadLines(path)
                    .Select((line, index) => (line, number: index + 1))
                    .Where(each => Pattern.IsMatch(each.line))
                    .Select(each => $"{path}:{each.number}: {each.line.Trim()}")
            );

    private static bool IsText(string path) =>
        Path.GetExtension(path) is not (".png" or ".pdf" or ".jpg" or ".ico" or ".woff2" or ".zip" or ".gz" or ".tiff");
}
