using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Migrates when the host starts. Contradictions and failing scripts stop the start; a server that is down does not: it is tried again until it is there, and
/// what would have stopped the start then stops the host.
/// </summary>
internal sealed class MigrationStart(
    SchemaMigrator migrator,
    PostgresDatabase database,
    IHostApplicationLifetime? lifetime,
    TimeProvider time
) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _later = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(cancellationToken).ConfigureAwait(false))
            return;
        Log.MigrationsWait(database.Core.Logger, database.Core.Options.Name);
        _later = MigrateLaterAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _later.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    [SuppressMessage("Design", "CA1031", Justification = "Nobody else sees what is thrown here; it is logged and ends the host.")]
    private async Task MigrateLaterAsync()
    {
        try
        {
            do await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(false);
            while (!await TryAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops before the server is back.
        }
        catch (Exception failure)
        {
            Log.MigrationsFailed(database.Core.Logger, database.Core.Options.Name, failure);
            lifetime?.StopApplication();
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await migrator.MigrateOnStartAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception down) when (IsDown(down))
        {
            return false;
        }
    }

    // A server that goes away in the middle of a script has rolled it back, and a script without a transaction is made good by the next run.
    private static bool IsDown(Exception failure) =>
        failure is NpgsqlException or MigrationException { InnerException: PostgresException }
        && DatabaseFailureClassifier.Classify(failure.InnerException as PostgresException ?? failure, DatabasePhase.Opening)
            is DatabaseFailure.NeverSent
                or DatabaseFailure.NotPrimary;
}
