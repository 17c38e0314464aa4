using System.Runtime.CompilerServices;
using System.Text;

namespace LedgerLift.Auditing;

/// <summary>An anchor in a file: one checkpoint a line, appended and on the disk before the call returns. As safe as the file is out of reach: on another machine, or append-only by its attributes.</summary>
/// <remarks>Safe to use from any thread; one process writes at a time. A line that a crash cut off was never acknowledged and is skipped.</remarks>
public sealed class FileAuditAnchor : IAuditAnchorSink, IAuditAnchorSource, IDisposable
{
    private readonly string _path;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes the anchor. Nothing is opened yet.</summary>
    /// <param name="path">The file; made at the first append. Its directory must exist.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    public FileAuditAnchor(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteLineAsync(checkpoint.ToCanonicalJson(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException(
                $"The checkpoint of batch {checkpoint.BatchNumber} could not be appended to the anchor file.",
                AuditErrorCodes.AnchorFailed,
                isTransient: true,
                exception
            );
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>A file that does not exist holds no checkpoints: to whom it matters, the count tells.</remarks>
    public async IAsyncEnumerable<AuditCheckpoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!File.Exists(_path))
            yield break;
        var number = 0;
        await foreach (var line in ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            number++;
            // A canonical object ends in a brace, and what a crash left of one does not.
            if (line.EndsWith('}'))
                yield return Parse(line, number);
        }
    }

    /// <summary>Gives up what the anchor holds in memory. The file stays.</summary>
    public void Dispose() => _turn.Dispose();

    private async ValueTask WriteLineAsync(byte[] json, CancellationToken cancellationToken)
    {
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            // What a crash cut off stays as a line of its own.
            var prefix = await EndsInsideLineAsync(file, cancellationToken).ConfigureAwait(false) ? "\n"u8 : [];
            byte[] line = [.. prefix, .. json, (byte)'\n'];
            file.Position = file.Length;
            await file.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            // There is no asynchronous call that waits for the disk.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    private static async ValueTask<bool> EndsInsideLineAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
            return false;
        file.Position = file.Length - 1;
        var last = new byte[1];
        await file.ReadExactlyAsync(last, cancellationToken).ConfigureAwait(false);
        return last[0] != (byte)'\n';
    }

    private async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open();
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            yield return line;
    }

    private StreamReader Open()
    {
        try
        {
            return new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException("The anchor file cannot be read.", AuditErrorCodes.AnchorFailed, isTransient: true, exception);
        }
    }

    private static AuditCheckpoint Parse(string line, int number)
    {
        try
        {
            return AuditCheckpoint.FromJson(Encoding.UTF8.GetBytes(line));
        }
        catch (ArgumentException exception)
        {
            throw new AuditException(
                $"Line {number} of the anchor file is no checkpoint.",
                AuditErrorCodes.MalformedTrail,
                isTransient: false,
                exception
            );
        }
    }
}
