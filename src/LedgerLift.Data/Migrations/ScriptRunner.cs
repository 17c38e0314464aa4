using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Applies one script and notes it in the journal.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The SQL is the program's own, embedded in it.")]
internal sealed class ScriptRunner(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>A script that waits for a lock makes everybody behind it wait, so it gives up soon and tries again.</summary>
    private const string LimitLockWaits = "SET LOCAL lock_timeout = '5s'";
    private const int LockTries = 5;
    private static readonly TimeSpan LockPause = TimeSpan.FromSeconds(1);

    public async ValueTask ApplyAsync(MigrationScript script, bool wasStarted, CancellationToken cancellationToken)
    {
        try
        {
            if (script.IsTransactional)
                await InTransactionAsync(script, cancellationToken).ConfigureAwait(false);
            else
                await StatementByStatementAsync(script, wasStarted, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure)
        {
            throw new MigrationException(
                DatabaseErrorCodes.MigrationFailed,
                $"{script.Name} failed: {failure.SqlState}, {failure.MessageText}.",
                script.Name,
                DatabaseFailureClassifier.Classify(failure, DatabasePhase.InTransaction) == DatabaseFailure.RolledBack,
                failure
            );
        }
    }

    private async ValueTask InTransactionAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        var tries = 0;
        while (true)
        {
            try
            {
                await TryInTransactionAsync(script, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException locked) when (locked.SqlState is "55P03" or "40P01" && ++tries < LockTries)
            {
                await Task.Delay(LockPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask TryInTransactionAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(LimitLockWaits, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(script.Sql, cancellationToken).ConfigureAwait(false);
            await MigrationJournal.WriteAsync(connection, script, isDone: true, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask StatementByStatementAsync(MigrationScript script, bool wasStarted, CancellationToken cancellationToken)
    {
        if (wasStarted)
            await DropInvalidIndexesAsync(script, cancellationToken).ConfigureAwait(false);
        await MigrationJournal.WriteAsync(connection, script, isDone: false, cancellationToken).ConfigureAwait(false);
        foreach (var statement in SqlStatements.Split(script.Sql))
            await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        await MigrationJournal.WriteAsync(connection, script, isDone: true, CancellationToken.None).ConfigureAwait(false);
    }

    // What an interrupted CREATE INDEX CONCURRENTLY leaves behind stands in the way of the next.
    private async ValueTask DropInvalidIndexesAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        const string Sql =
            "SELECT format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
            + "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname = current_schema() AND position(c.relname IN $1) > 0";
        var drops = new List<string>();
        var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = script.Sql } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    drops.Add(reader.GetString(0));
            }
        }

        foreach (var drop in drops)
            await ExecuteAsync(drop, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        // A migration takes as long as it takes.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
