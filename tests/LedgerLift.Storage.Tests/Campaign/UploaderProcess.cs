using System.Diagnostics;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>An uploader in a process of its own, which can be killed.</summary>
internal sealed class UploaderProcess : IDisposable
{
    private readonly Process _process;

    public UploaderProcess(S3Fixture s3, Uri gateway, string key, string file, string checkpoints)
    {
        // The program lies beside the tests: artifacts/bin/PROJECT/CONFIGURATION.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            own.Parent!.Parent!.FullName,
            "LedgerLift.Storage.Uploader",
            own.Name,
            "LedgerLift.Storage.Uploader.dll"
        );
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet"
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[program, gateway.ToString(), s3.Region, s3.Bucket, s3.AccessKey, key, file, checkpoints])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.StandardInput.WriteLine(s3.SecretKey);
        _process.StandardInput.Close();
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Output)> WaitAsync(CancellationToken cancellationToken)
    {
        var output = _process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, (await output).Trim() + error);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
