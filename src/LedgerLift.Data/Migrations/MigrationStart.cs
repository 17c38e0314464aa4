using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Migrates when the host starts. Contradictions and failing scripts stop the start; a server that is down does not: it is tried again until it is there.
/// </summary>
internal sealed class MigrationStart(ISchemaMigrator migrator, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _later = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryAsync(cancellationToken).ConfigureAwait(false))
            _later = MigrateLaterAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _later.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task MigrateLaterAsync()
    {
        do await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(false);
        while (!await TryAsync(_stop.Token).ConfigureAwait(false));
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await migrator.MigrateAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NpgsqlException down)
            when (DatabaseFailureClassifier.Classify(down, DatabasePhase.Opening) is DatabaseFailure.NeverSent or DatabaseFailure.NotPrimary
            )
        {
            return false;
        }
    }
}
