namespace LedgerLift.Testing;

/// <summary>Where the sources are.</summary>
public static class SourceTree
{
    private const string Solution = "LedgerLift.Infrastructure.sln";

    /// <summary>The folder with the solution, above the running test.</summary>
    /// <exception cref="InvalidOperationException">The test runs outside the repository.</exception>
    public static string Root =>
        RootAbove(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has {Solution}.");

    /// <summary>The folder with the solution; null when none at or above <paramref name="start"/> has it.</summary>
    internal static string? RootAbove(string start)
    {
        var folder = new DirectoryInfo(start);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
