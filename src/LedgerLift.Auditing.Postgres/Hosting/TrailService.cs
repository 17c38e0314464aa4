using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Postgres;

/// <summary>What the host does with the trail while it runs: writes what an earlier process left, seals, makes partitions, drops old months.</summary>
internal sealed class TrailService(
    IOptions<PostgresAuditingOptions> options,
    PostgresAuditLogger writer,
    PostgresAuditTrail trail,
    ILogger<TrailService> logger,
    TimeProvider? timeProvider = null
) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly PostgresAuditingOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        writer.Start();
        var (isKept, keptAt) = (false, _time.GetTimestamp());
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (_options.SealInterval is not null)
                    await TryAsync(Log.SealFailed, trail.SealAsync, stoppingToken).ConfigureAwait(false);
                if (!isKept || _time.GetElapsedTime(keptAt) >= Day)
                    (isKept, keptAt) = (await KeepAsync(stoppingToken).ConfigureAwait(false), _time.GetTimestamp());
                await Task.Delay(_options.SealInterval ?? TimeSpan.FromMinutes(1), _time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var isDone = await TryAsync(Log.PartitionsFailed, trail.EnsurePartitionsAsync, cancellationToken).ConfigureAwait(false);
        if (_options is { Retention: { } retention, SigningKey: not null })
            isDone &= await TryAsync(
                    Log.RetentionFailed,
                    token => trail.DropBeforeAsync(_time.GetUtcNow() - retention, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        return isDone;
    }

    private async Task<bool> TryAsync(
        Action<ILogger, string, Exception> report,
        Func<CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AuditException failure)
        {
            report(logger, failure.Code, failure);
            return false;
        }
    }
}
