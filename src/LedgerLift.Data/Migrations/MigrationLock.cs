using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// One migrator at a time. Polled: whoever blocks in pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY of the lock's holder waits for, and the
/// server ends the two as a deadlock.
/// </summary>
internal static class MigrationLock
{
    private const string Key = "pg_catalog.hashtextextended('ledgerlift-migrations:' || current_schema(), 0)";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    internal static async ValueTask TakeAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!await AskAsync(connection, $"SELECT pg_catalog.pg_try_advisory_lock({Key})", cancellationToken).ConfigureAwait(false))
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives it back; a connection that is gone has given it back already.</summary>
    internal static async ValueTask ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await AskAsync(connection, $"SELECT pg_catalog.pg_advisory_unlock({Key})", CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The session has ended, and its locks with it.
        }
    }

    private static async ValueTask<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Both texts stand above.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using (command.ConfigureAwait(false))
            return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
