using System.Diagnostics;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The program of LedgerLift.Auth.Redis.Load in a process of its own.</summary>
internal sealed class LoadProcess : IDisposable
{
    private readonly Process _process;

    public LoadProcess(string configuration, string keyPrefix)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LedgerLift.Auth.Redis.Load.dll");
        _process =
            Process.Start(
                new ProcessStartInfo("dotnet", [program, configuration, keyPrefix])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                }
            ) ?? throw new InvalidOperationException("The load did not start.");
    }

    /// <summary>Waits until so many times twenty calls were answered.</summary>
    public async Task WaitForScoresAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (var i = 0; i < count; i++)
            if (await _process.StandardOutput.ReadLineAsync(limit.Token) is null)
                throw new InvalidOperationException("The load ended by itself.");
    }

    /// <summary>kill -9, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
