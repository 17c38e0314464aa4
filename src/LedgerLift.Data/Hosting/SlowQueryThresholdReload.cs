using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LedgerLift.Data;

/// <summary>Follows the slow-query threshold of the host's configuration while the host runs.</summary>
internal sealed class SlowQueryThresholdReload(PostgresDatabase database, string optionsName, IOptionsMonitor<DatabaseOptions> options)
    : IHostedService,
        IDisposable
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription ??= options.OnChange(
            (changed, name) =>
            {
                if (string.Equals(name ?? Options.DefaultName, optionsName, StringComparison.Ordinal))
                    database.Core.SlowQueries.Threshold = changed.SlowQueryThreshold;
            }
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscription?.Dispose();
}
