using Npgsql;

namespace LedgerLift.Data;

/// <summary>The table of what was applied, in the first schema of the search path.</summary>
internal static class MigrationJournal
{
    internal const string Create =
        "CREATE TABLE IF NOT EXISTS ledgerlift_schema_history (source text NOT NULL, version int NOT NULL, name text NOT NULL, checksum text NOT NULL, "
        + "applied_at timestamptz NOT NULL DEFAULT now(), duration_ms bigint NOT NULL DEFAULT 0, success boolean NOT NULL, PRIMARY KEY (source, version))";

    internal const string Insert =
        "INSERT INTO ledgerlift_schema_history (source, version, name, checksum, success) VALUES ($1, $2, $3, $4, $5) "
        + "ON CONFLICT (source, version) DO UPDATE SET checksum = excluded.checksum, success = excluded.success, applied_at = now(), "
        + "duration_ms = (extract(epoch FROM clock_timestamp() - ledgerlift_schema_history.applied_at) * 1000)::bigint "
        + "WHERE NOT ledgerlift_schema_history.success";

    internal static async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        NpgsqlConnection connection,
        string source,
        CancellationToken cancellationToken
    )
    {
        if (!await ExistsAsync(connection, cancellationToken).ConfigureAwait(false))
            return [];
        const string Sql =
            "SELECT source, version, name, checksum, success FROM ledgerlift_schema_history WHERE source = $1 ORDER BY version";
        var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = source } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var entries = new List<JournalEntry>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    entries.Add(
                        new JournalEntry(
                            reader.GetString(0),
                            reader.GetInt32(1),
                            reader.GetString(2),
                            reader.GetString(3),
                            reader.GetBoolean(4)
                        )
                    );
                return entries;
            }
        }
    }

    internal static async ValueTask WriteAsync(
        NpgsqlConnection connection,
        MigrationScript script,
        bool isDone,
        CancellationToken cancellationToken
    )
    {
        var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = script.Source },
                new NpgsqlParameter<int> { TypedValue = script.Version },
                new NpgsqlParameter<string> { TypedValue = script.Name },
                new NpgsqlParameter<string> { TypedValue = script.Checksum },
                new NpgsqlParameter<bool> { TypedValue = isDone },
            },
        };
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT to_regclass('ledgerlift_schema_history') IS NOT NULL", connection);
        await using (command.ConfigureAwait(false))
            return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
