using LedgerLift.Auditing.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocumentPipeline;

/// <summary>Brings the trail's tables up to date when the host starts; later, when the database is down then.</summary>
internal sealed class TrailSchemaStart(PostgresAuditTrail trail, TimeProvider time, ILogger<TrailSchemaStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private bool _isThere;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request, when the database answers.
        _isThere = await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isThere && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _isThere = await TryAsync(stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await trail.EnsureSchemaAsync(cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Whatever keeps the database away, the host starts and this is tried again.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.TrailSchemaDelayed(logger, failure);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
