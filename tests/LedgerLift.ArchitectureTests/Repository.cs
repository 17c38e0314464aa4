using LedgerLift.Testing;

namespace LedgerLift.ArchitectureTests;

/// <summary>Where the repository lies, and its text files. Found from the test's own output, so it works from any current folder.</summary>
internal static class Repository
{
    private static readonly string[] s_outputFolders = ["artifacts", "bin", "obj", ".git", "node_modules", "TestResults"];

    public static string Root { get; } = SourceTree.Root;

    /// <summary>The folder of what the running configuration built: <c>release</c> or <c>debug</c>.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// Files under the folders, as paths relative to the root with forward slashes, in ordinal order; no build output and nobody's
    /// own settings. A folder <c>.</c> means the root's own files only.
    /// </summary>
    public static IReadOnlyList<string> Files(string pattern, params string[] folders) =>
        [
            .. folders
                .Select(folder => PathOf(folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Below(folder, pattern))
                .Order(StringComparer.Ordinal),
        ];

    public static string Read(string relativePath) => File.ReadAllText(PathOf(relativePath)).ReplaceLineEndings("\n");

    public static string[] ReadLines(string relativePath) => Read(relativePath).Split('\n');

    private static IEnumerable<string> Below(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern).Where(file => !IsPersonal(Path.GetFileName(file))))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        if (string.Equals(Path.GetFileName(folder), ".", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (s_outputFolders.Contains(Path.GetFileName(child), StringComparer.Ordinal))
            {
                continue;
            }

            foreach (var file in Below(child, pattern))
            {
                yield return file;
            }
        }
    }

    // What .gitignore leaves out beside the build output; in a worktree .git is a file.
    private static bool IsPersonal(string name) =>
        name is ".git"
        || (name.StartsWith(".env", StringComparison.Ordinal) && !name.EndsWith(".example", StringComparison.Ordinal))
        || Path.GetExtension(name) is ".user" or ".swp";
}
