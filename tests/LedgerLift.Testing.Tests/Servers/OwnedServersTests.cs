using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace LedgerLift.Testing.Tests;

/// <summary>With a program in place of <c>eng/services</c>: nothing is killed here.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnedServersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledgerlift-owned-");

    private string Log => Path.Combine(_folder.FullName, "log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_command_is_given_to_the_program_of_that_folder()
    {
        var owned = Owned($"echo \"$@ in $LEDGERLIFT_SERVICES_DIR\" >>'{Log}'");

        await owned.KillAsync("redis-cluster-2");
        await owned.StartAsync("redis-cluster-2");
        await owned.RestartAsync("postgres");
        await owned.PromoteAsync("standby");

        Assert.Equal(
            [
                "kill redis-cluster-2 in /the/folder",
                "start redis-cluster-2 in /the/folder",
                "restart postgres in /the/folder",
                "promote standby in /the/folder",
            ],
            await File.ReadAllLinesAsync(Log, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_command_that_fails_says_what_the_program_said()
    {
        var owned = Owned("echo no such server >&2; exit 3");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => owned.KillAsync("x"));

        Assert.Contains("kill x ended with 3: no such server", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_keeps_the_output_open_is_not_waited_for()
    {
        var owned = Owned("sleep 30 & echo $! >'" + Log + "'");

        await owned.StartAsync("x").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        var server = await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken);
        using var running = Process.GetProcessById(int.Parse(server, CultureInfo.InvariantCulture));
        Assert.False(running.HasExited);
        running.Kill();
    }

    [Fact]
    public void Servers_of_somebody_else_are_not_killed()
    {
        var theirs = new Dictionary<string, string?> { [ServerSettings.Redis] = "theirs:6379" };

        var failure = Assert.Throws<ServerMissingException>(() => OwnedServers.Require(ServerSettings.Load(theirs.GetValueOrDefault, ".")));

        Assert.Contains("This test kills servers", failure.Message, StringComparison.Ordinal);
        Assert.Contains(ServerSettings.OwnedServers, failure.Message, StringComparison.Ordinal);
    }

    private OwnedServers Owned(string script)
    {
        var program = Path.Combine(_folder.FullName, "services");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var settings = new Dictionary<string, string?>
        {
            [ServerSettings.Redis] = "ours:6379",
            [ServerSettings.OwnedServers] = program,
            [ServerSettings.ServicesFolder] = "/the/folder",
        };
        return OwnedServers.Require(ServerSettings.Load(settings.GetValueOrDefault, "."));
    }
}
