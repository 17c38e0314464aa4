namespace LedgerLift.Benchmarks;

/// <summary>A file of random bytes in the temporary folder; deleted at the end.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledgerlift-");

    public SourceFile(long length)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "source.bin");
        var block = new byte[1024 * 1024];
        new Random(1).NextBytes(block);
        using var file = File.Create(Path);
        for (var left = length; left > 0; left -= block.Length)
            file.Write(block, 0, (int)Math.Min(left, block.Length));
    }

    public string Path { get; }

    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);

    public void Dispose() => _folder.Delete(recursive: true);
}
