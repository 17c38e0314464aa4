using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Tries the connection when the host starts. Wrong credentials or a missing database stop it; a server that is down does not. Opens the pool's connections
/// when that is wanted.
/// </summary>
internal sealed class DatabaseStart(PostgresDatabase database) : IHostedService
{
    private DatabaseCore Core => database.Core;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
            when (DatabaseFailureClassifier.Classify(failure, DatabasePhase.Opening)
                    is DatabaseFailure.NeverSent
                        or DatabaseFailure.NotPrimary
            )
        {
            Log.ServerIsDown(Core.Logger, Core.Options.Name, failure);
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("28", StringComparison.Ordinal) || refused.SqlState is "3D000")
        {
            throw new DatabaseException(
                DatabaseErrorCodes.ConnectionRefused,
                $"The database {Core.Options.Name} cannot be used: the server says {refused.SqlState}, {refused.MessageText}. Check user, password and database of the connection string.",
                isTransient: false,
                refused
            );
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        var connection = await database.DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await WarnOfConnectionLimitAsync(connection, cancellationToken).ConfigureAwait(false);
        if (Core.Options is { WarmUp: true, Mode: not PoolingMode.Serverless })
            await WarmUpAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WarnOfConnectionLimitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Behind pgbouncer the server's limit is not for us.
        if (Core.Options.Mode != PoolingMode.Pooled)
            return;
        const string Sql =
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int "
            + "- (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE pid <> pg_catalog.pg_backend_pid() AND datid IS NOT NULL)::int";
        var command = new NpgsqlCommand(Sql, connection);
        await using (command.ConfigureAwait(false))
        {
            var left = (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            var wanted = Core.Options.PoolSize + Core.Options.MaxOverflow;
            if (wanted > left)
                Log.PoolExceedsServer(Core.Logger, Core.Options.Name, wanted, left);
        }
    }

    // One after the other, so that a server with many clients is not stormed, and the connections do not grow old together.
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var connections = new List<NpgsqlConnection>(Core.Options.PoolSize);
        try
        {
            while (connections.Count < Core.Options.PoolSize)
                connections.Add(await database.DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
