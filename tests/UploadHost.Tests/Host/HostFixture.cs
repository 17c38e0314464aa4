using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>A host, and whatever stands behind it.</summary>
public abstract class HostFixture : IAsyncLifetime
{
    private RunningHost? _host;

    public RunningHost Host => _host ?? throw new InvalidOperationException("The fixture is not initialized.");

    public HttpClient Http => Host.Http;

    /// <summary>What takes tokens: the admin key; null where the host is open.</summary>
    public abstract string? AdminKey { get; }

    /// <summary>Signs webhooks.</summary>
    public const string HmacSecret = HostServers.HmacSecret;

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task StartAsync(IEnumerable<KeyValuePair<string, string>> settings) =>
        _host = await RunningHost.StartAsync(settings, TestContext.Current.CancellationToken);
}
