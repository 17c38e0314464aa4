namespace LedgerLift.Testing;

/// <summary>A folder of one test, below the temporary path; disposal removes it with what is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is, as an absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("ledgerlift-").FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The files in it and below with such a name.</summary>
    public string[] Files(string pattern) => Directory.GetFiles(Path, pattern, SearchOption.AllDirectories);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
