using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>A host on PostgreSQL, S3 and Redis, and a worker beside it.</summary>
public sealed class RealHostFixture : HostFixture
{
    private readonly HostServers _servers = new();
    private readonly TemporaryFolder _folder = new();
    private SampleProcess? _worker;

    /// <summary>The worker.</summary>
    public SampleProcess Worker => _worker ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>Where the worker, and what it starts, puts temporary files.</summary>
    public string WorkerFolder => _folder.Path;

    public override string? AdminKey => HostServers.AdminKey;

    public override async ValueTask InitializeAsync()
    {
        await _servers.InitializeAsync();
        var settings = new Dictionary<string, string>(_servers.Settings, StringComparer.Ordinal)
        {
            ["LedgerLift__Host__PresignsPerMinute"] = "600",
            ["LedgerLift__Host__AdminCallsPerMinute"] = "6000",
        };
        await StartAsync(settings);
        settings["TMPDIR"] = WorkerFolder;
        // The runtime's own sockets would stand there too.
        settings["DOTNET_EnableDiagnostics"] = "0";
        settings["LedgerLift__Worker__Limits__Time"] = "00:00:02";
        _worker = SampleProcess.Start("DocumentWorker", settings, "work");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        await base.DisposeAsync();
        await _servers.DisposeAsync();
        _folder.Dispose();
    }
}
