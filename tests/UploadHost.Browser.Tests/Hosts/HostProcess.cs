using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace UploadHost.Browser.Tests;

/// <summary>A program of the samples, started as a person starts it; disposal ends it and all it started.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];

    private HostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>What it wrote so far.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Starts <c>samples/{name}</c> as it was built together with these tests.</summary>
    public static HostProcess Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [ProgramOf(name), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        var process = new HostProcess(new Process { StartInfo = start });
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task RunAsync(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        await using var process = Start(name, arguments, environment);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process._process.WaitForExitAsync(limit.Token);
        if (process._process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{name} {string.Join(' ', arguments)} ended with {process._process.ExitCode}: {process.Said}"
            );
    }

    /// <summary>Until the address answers 200.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in three minutes; with what it said.</exception>
    public async Task WaitForAsync(Uri address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(3); )
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"It ended with {_process.ExitCode}: {Said}");
            if (await AnswersAsync(client, address))
                return;
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{address} does not answer 200: {Said}");
    }

    /// <summary>A port of 127.0.0.1 that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            using var answer = await client.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    // artifacts/bin/<project>/<configuration>/, whatever the configuration is called.
    private static string ProgramOf(string name)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, $"{name}.dll");
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _said.Enqueue(line);
    }
}
