using System.Diagnostics;

namespace LedgerLift.Testing;

/// <summary>The servers that <c>eng/services</c> started for the tests, and that a test may therefore kill.</summary>
public sealed class OwnedServers
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _program;
    private readonly string? _folder;

    private OwnedServers(string program, string? folder) => (_program, _folder) = (program, folder);

    /// <summary>Whether the servers are ours.</summary>
    public static bool Exist => ServerSettings.Load().Find(ServerSettings.OwnedServers) is not null;

    /// <summary>For a test that kills servers.</summary>
    /// <exception cref="ServerMissingException">The servers are somebody else's.</exception>
    public static OwnedServers Require() => Require(ServerSettings.Load());

    internal static OwnedServers Require(ServerSettings settings)
    {
        return settings.Find(ServerSettings.OwnedServers) is { } program
            ? new OwnedServers(program, settings.Find(ServerSettings.ServicesFolder))
            : throw new ServerMissingException(
                $"This test kills servers and runs only on those that `eng/services up` started: {ServerSettings.OwnedServers} is not set."
            );
    }

    /// <summary>kill -9; the data stays.</summary>
    /// <param name="name">A server or one process of it, as <c>eng/services help</c> lists them.</param>
    public Task KillAsync(string name) => RunAsync("kill", name);

    /// <summary>Starts it again on the same port and data, and waits until it answers.</summary>
    public Task StartAsync(string name) => RunAsync("start", name);

    /// <summary>Stops it in good order, starts it and waits until it answers.</summary>
    public Task RestartAsync(string name) => RunAsync("restart", name);

    /// <summary>Makes a standby a primary.</summary>
    public Task PromoteAsync(string name) => RunAsync("promote", name);

    /// <summary>Stops it, deletes its data and makes it anew; its settings may be others then.</summary>
    public async Task RecreateAsync(string name)
    {
        await RunAsync("down", name);
        await RunAsync("up", name);
    }

    private async Task RunAsync(string command, string name)
    {
        var start = new ProcessStartInfo(_program, [command, name])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_folder is not null)
            start.Environment[ServerSettings.ServicesFolder] = _folder;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} did not start.");
        using var limit = new CancellationTokenSource(Limit);
        // To the exit, not to the end of the output: servers it starts may hold the pipe open.
        var said = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{_program} {command} {name} ended with {process.ExitCode}: {await said.Item1}{await said.Item2}"
            );
    }
}
