using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>A host on PostgreSQL, S3 and Redis, and a worker beside it.</summary>
public sealed class RealHostFixture : HostFixture
{
    private readonly HostServers _servers = new();
    private SampleProcess? _worker;

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
        _worker = SampleProcess.Start("DocumentWorker", _servers.Settings, "work");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        await base.DisposeAsync();
        await _servers.DisposeAsync();
    }
}
