using System.Diagnostics;
using System.Globalization;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>A running <see cref="AuditWriter"/> and what it has acknowledged.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private WriterProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        // Not before the field is there for it.
        _reading = Task.Run(ReadAsync);
    }

    internal string Name { get; }

    /// <summary>The acknowledged numbers of each stream, in their order.</summary>
    internal List<int>[] Acknowledged { get; } = [.. Enumerable.Range(0, AuditWriter.Streams).Select(_ => new List<int>())];

    internal int Count { get; private set; }

    /// <summary>How it stands, for the message of a test that waited for it in vain.</summary>
    internal string State =>
        $"{Name}: {(_process.HasExited ? $"ended with {_process.ExitCode}" : "runs")}, read: {_reading.Status}, {Count} acknowledged";

    internal static WriterProcess Start(string name, string connection, string schema, string folder)
    {
        var program = typeof(AuditWriter).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, AuditWriter.Word, connection, schema, folder, name])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return new WriterProcess(name, Process.Start(start)!);
    }

    /// <summary>kill -9, and what it still had said.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    // The last line may be cut off by the kill; then nobody was told.
    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            if (parts.Length != 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var number))
                continue;
            Acknowledged[int.Parse(parts[0], CultureInfo.InvariantCulture)].Add(number);
            Count++;
        }
    }
}
