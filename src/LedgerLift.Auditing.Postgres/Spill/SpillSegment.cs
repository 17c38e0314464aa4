namespace LedgerLift.Auditing.Postgres;

/// <summary>The file that is being appended to. Used by one thread at a time.</summary>
internal sealed class SpillSegment : IDisposable
{
    private readonly FileStream _file;

    internal SpillSegment(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        // Entries hold personal details: nobody else reads them.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Path = path;
        _file = new FileStream(path, options);
    }

    internal string Path { get; }

    internal long Length { get; private set; }

    /// <summary>Writes the records and returns when the disk has them. On failure the file is as long as before.</summary>
    internal void Append(ReadOnlyMemory<byte> records)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, records.Span, Length);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            Length += records.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file.SafeFileHandle, Length);
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
