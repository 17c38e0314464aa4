using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LedgerLift.Testing;

namespace UploadHost.Processes;

/// <summary>A program of the samples, run as its users run it: a process with an environment of its own.</summary>
public sealed partial class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Task _reading;

    private SampleProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Everything it printed so far, both streams.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name, such as <c>UploadHost</c>.</param>
    /// <param name="environment">Variables beside those a process needs to run at all; nothing else is handed down.</param>
    /// <param name="args">Its arguments.</param>
    public static SampleProcess Start(
        string program,
        IEnumerable<KeyValuePair<string, string>> environment,
        params IReadOnlyList<string> args
    ) => Launch(Path.GetTempPath(), environment, [PathOf(program), .. args]);

    /// <summary>Starts a program as the README does, by <c>dotnet run --project</c>, and as it was built.</summary>
    /// <param name="program">Its name, such as <c>UploadHost</c>.</param>
    /// <param name="folder">Where it is started from.</param>
    /// <param name="environment">Variables beside those a process needs to run at all; nothing else is handed down.</param>
    /// <param name="args">Its arguments.</param>
    public static SampleProcess StartFromSources(
        string program,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment,
        params IReadOnlyList<string> args
    )
    {
        var project = Path.Combine(SourceTree.Root, "samples", program);
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Launch(folder, environment, ["run", "--no-build", "-c", configuration, "--project", project, "--", .. args]);
    }

    private static SampleProcess Launch(string folder, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var argument in args)
            start.ArgumentList.Add(argument);
        var kept = start.Environment.Where(pair => Needed().IsMatch(pair.Key)).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
            start.Environment[name] = value;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new SampleProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The exit code and what it printed.</returns>
    public static async Task<(int Code, string Output)> RunAsync(
        string program,
        IEnumerable<KeyValuePair<string, string>> environment,
        IReadOnlyList<string> args,
        CancellationToken cancellationToken
    )
    {
        await using var process = Start(program, environment, args);
        var code = await process.WaitAsync(cancellationToken);
        return (code, process.Output);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end as a service manager does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", _process.Id.ToString(provider: null)]).WaitForExit();

    /// <summary>The processes that it started and that still run.</summary>
    public IReadOnlyList<int> Children()
    {
        using var list = Process.Start(
            new ProcessStartInfo("pgrep", ["-P", _process.Id.ToString(provider: null)])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var ids = list.StandardOutput.ReadToEnd();
        list.WaitForExit();
        return [.. ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, provider: null))];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>Where a program was built: beside the test that asks, in the same configuration.</summary>
    public static string PathOf(string program)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(own.Parent!.Parent!.FullName, program, own.Name);
        // A program's file may have another name than its project.
        const string Settings = ".runtimeconfig.json";
        return Directory.EnumerateFiles(folder, "*" + Settings).Single()[..^Settings.Length] + ".dll";
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            _output.Enqueue(line);
    }

    [GeneratedRegex("^(?:PATH|HOME|TMPDIR|LANG|LC_ALL|TZ|DOTNET_.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Needed();
}
