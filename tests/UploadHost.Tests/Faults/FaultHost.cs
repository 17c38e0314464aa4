using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>A host on real servers with two workers, whose circuit to the store recovers in seconds.</summary>
public class FaultHost : IAsyncLifetime
{
    private readonly List<SampleProcess> _workers = [];
    private RunningHost? _host;

    public HostServers Servers { get; } = new(new KeptBucketFixture());

    public RunningHost Host => _host ?? throw new InvalidOperationException("The fixture is not initialized.");

    public IReadOnlyList<SampleProcess> Workers => _workers;

    public async ValueTask InitializeAsync()
    {
        await Servers.InitializeAsync();
        Servers.Settings["LedgerLift__Storage__Resilience__CircuitBreaker__RecoveryTimeout"] = "00:00:03";
        Servers.Settings["LedgerLift__Storage__HealthCacheDuration"] = "00:00:01";
        Change(Servers.Settings);
        _host = await RunningHost.StartAsync(Servers.Settings, TestContext.Current.CancellationToken);
        for (var count = 0; count < 2; count++)
            _workers.Add(SampleProcess.Start("DocumentWorker", Servers.Settings, "work"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        await Servers.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Change(IDictionary<string, string> settings) { }
}
