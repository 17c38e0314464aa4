using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>The top-level types of a C# file. The formatter guarantees that they, and nothing else that looks so, begin in the first column.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string path, string[] lines)
    {
        Path = path;
        Lines = lines;
        Types =
        [
            .. lines.Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value),
        ];
    }

    public string Path { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<string> Types { get; }

    /// <summary>The file's name up to its first dot: <c>CircuitBreaker.Transitions.cs</c> is a part of CircuitBreaker.</summary>
    public string Name => System.IO.Path.GetFileName(Path).Split('.')[0];

    public int Length => Lines.Count - (Lines[^1].Length == 0 ? 1 : 0);

    public static IReadOnlyList<SourceFile> Under(params string[] folders) =>
        [.. Repository.Files("*.cs", folders).Select(path => new SourceFile(path, Repository.ReadLines(path)))];

    [GeneratedRegex(
        @"^((public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*((class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>\w+)|delegate\s+.*?(?<name>\w+)(<[^>]*>)?\()",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Declaration();
}
