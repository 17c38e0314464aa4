using System.Text;
using System.Text.Json;

namespace DocumentPipeline;

/// <summary>
/// The folder's file: a line a transaction, on disk before it counts. A last line that a crash cut short was never
/// acknowledged and is dropped at the next start. One process at a time: the file is held open for itself alone.
/// </summary>
internal sealed class FolderJournal : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly FileStream _file;

    /// <summary>Reads what the folder holds.</summary>
    /// <exception cref="IOException">Another process has the folder.</exception>
    public FolderJournal(string folder)
    {
        Directory.CreateDirectory(folder);
        _file = new FileStream(
            Path.Combine(folder, "documents.ndjson"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16
        );
        _file.SetLength(Replay());
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Whether half a line stands at the end that could not be cut off; nothing more is written then.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What the lines add up to. Read and changed within <see cref="RunAsync"/> only.</summary>
    private FolderState State { get; } = new();

    /// <summary>Looks at the state, alone.</summary>
    public async Task<T> ReadAsync<T>(Func<FolderState, T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return read(State);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Decides on the state, alone, and keeps what was decided before it is seen. What <paramref name="decide"/> throws changes nothing.</summary>
    public async Task<T> RunAsync<T>(Func<FolderState, (T Result, ChangeSet? Changes)> decide, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (result, changes) = decide(State);
            if (changes is null)
                return result;
            Append(changes);
            State.Apply(changes);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _turn.Dispose();
    }

    private void Append(ChangeSet changes)
    {
        if (IsBroken)
            throw new IOException("The journal could not be written before; restart the host when the disk has room again.");
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(changes, FolderJson.Default.ChangeSet) + "\n");
        var start = _file.Position;
        try
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Half a line may stand there, and nothing may be written behind it; if it cannot be cut off, nothing more is written.
            IsBroken = true;
            _file.SetLength(start);
            _file.Position = start;
            IsBroken = false;
            throw;
        }
    }

    // Gives where the last whole line ends.
    private long Replay()
    {
        using var reader = new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        var end = 0L;
        var line = new StringBuilder();
        while (reader.Read() is >= 0 and var read)
        {
            if (read != '\n')
            {
                line.Append((char)read);
                continue;
            }

            var text = line.ToString();
            State.Apply(JsonSerializer.Deserialize(text, FolderJson.Default.ChangeSet)!);
            end += Encoding.UTF8.GetByteCount(text) + 1;
            line.Clear();
        }

        return end;
    }
}
