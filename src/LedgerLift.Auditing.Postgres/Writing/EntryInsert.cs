using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Writes one entry on a connection of the caller's. Thread-safe.</summary>
internal sealed class EntryInsert(string schema)
{
    private const string Savepoint = "ledgerlift_audit";
    private readonly string _sql = new EntrySql(schema).Insert;

    internal async Task RunAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        var command = TrailSql.Command(connection, _sql);
        EntryParameters.Add(command.Parameters, entry, EntrySalt.For(entry));
        await TrailSql.RunAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same between savepoints, in one round trip; a refusal is given back and the transaction is as before.</summary>
    internal async Task<PostgresException?> TryRunAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        var insert = new NpgsqlBatchCommand(_sql);
        EntryParameters.Add(insert.Parameters, entry, EntrySalt.For(entry));
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new($"SAVEPOINT {Savepoint}"), insert, new($"RELEASE SAVEPOINT {Savepoint}") },
        };
        await using (batch.ConfigureAwait(false))
        {
            try
            {
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (PostgresException refused)
            {
                var undo = new NpgsqlCommand($"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}", connection);
                await using (undo.ConfigureAwait(false))
                    await undo.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return refused;
            }
        }
    }
}
