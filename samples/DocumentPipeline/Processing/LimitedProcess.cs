using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DocumentPipeline;

/// <summary>
/// Runs a tool on a document that may be hostile: in a process of its own, with limits on time, processor time and memory that
/// the kernel keeps, the document on its standard input and the answer on its standard output. No file is written, so none is
/// left behind whoever dies first.
/// </summary>
internal sealed class LimitedProcess(string tool, IReadOnlyList<string> arguments, ExtractionLimits limits)
{
    // sh sets the limits and becomes the tool. Kilobytes for -v, seconds for -t: at the soft limit of processor time the tool dies
    // by a signal that says so, a second later by one that nobody can catch.
    private const string Limit =
        "ulimit -c 0 && ulimit -t \"$(($1 + 1))\" && ulimit -S -t \"$1\" && if [ \"$2\" -gt 0 ]; then ulimit -v \"$2\"; fi && shift 2 && exec \"$@\"";

    // As a shell says it: 128 and the signal's number, which is 24 for SIGXCPU on Linux and macOS.
    private const int EndedByProcessorTime = 128 + 24;

    /// <summary>Limit of the address space in bytes; 0 sets none, for a runtime that reserves more than it uses.</summary>
    public long MemoryBytes { get; init; } = limits.MemoryBytes;

    /// <summary>Further variables of the tool.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Feeds the document, to its end whatever the tool does, and reads the answer.</summary>
    /// <exception cref="UnreadableException">The tool took too long, died, or refused the document.</exception>
    public async Task<T> RunAsync<T>(Stream content, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var process = Start();
        // Killing the process ends its pipes, and with them the feeding and the reading.
        await using var kill = deadline.Token.Register(() => Kill(process));
#pragma warning disable CA2025 // Both end before the process is disposed: see finally.
        var feeding = FeedAsync(process.StandardInput.BaseStream, content, deadline, cancellationToken);
        var complaints = DrainAsync(process.StandardError);
#pragma warning restore CA2025
        var reading = Task.Run(
            () => read(new BoundedStream(process.StandardOutput.BaseStream, limits.OutputBytes)),
            CancellationToken.None
        );
        try
        {
            var answer = await reading;
            await feeding;
            return await ExitCodeAsync(process) switch
            {
                0 => answer,
                EndedByProcessorTime => throw TooLong(),
                _ => throw Refused(),
            };
        }
        catch (Exception fault) when (fault is System.Xml.XmlException or IOException && !cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            var isTooLong = deadline.IsCancellationRequested || await ExitCodeAsync(process) == EndedByProcessorTime;
            throw isTooLong ? TooLong(fault) : Refused(fault);
        }
        finally
        {
            Kill(process);
            Task all = Task.WhenAll(feeding, complaints, reading);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private UnreadableException TooLong(Exception? cause = null) =>
        new($"The document took longer than {limits.Time.TotalSeconds:0.###} s to read.", cause);

    private static UnreadableException Refused(Exception? cause = null) =>
        new("The document cannot be read: it is damaged or protected, or reading it needs more than it may.", cause);

    // The document is read to its end whatever the tool does, for its hash is still to be judged. The tool's time runs while
    // it is waited for, and not while the store is.
    private async Task FeedAsync(Stream input, Stream content, CancellationTokenSource deadline, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var isOpen = true;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (!isOpen)
                continue;
            deadline.CancelAfter(limits.Time);
            isOpen = await TryAsync(() => input.WriteAsync(buffer.AsMemory(0, read), cancellationToken).AsTask());
            deadline.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        deadline.CancelAfter(limits.Time);
        await TryAsync(() => input.DisposeAsync().AsTask());
    }

    // False: the tool closed its end.
    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // What a tool says about a hostile document is the document's text: it goes nowhere.
    private static Task DrainAsync(StreamReader reader) => reader.BaseStream.CopyToAsync(Stream.Null);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = tool;
        }
        else
        {
            start.FileName = "/bin/sh";
            var seconds = Math.Max(1, (int)Math.Ceiling(limits.Time.TotalSeconds));
            foreach (var word in (string[])["-c", Limit, "sh", Number(seconds), Number(MemoryBytes / 1024), tool])
                start.ArgumentList.Add(word);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // The tool gets no setting of ours: they hold passwords.
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new IOException($"{Path.GetFileName(tool)} could not be started.");
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
