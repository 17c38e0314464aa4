namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>A folder below the temporary path, gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ledgerlift-spill-").FullName;

    internal string[] Files(string pattern = "*.spill") => Directory.GetFiles(Path, pattern, SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
