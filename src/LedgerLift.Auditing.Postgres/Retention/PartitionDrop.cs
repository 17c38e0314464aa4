using System.Globalization;
using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Drops one month whose entries are all sealed, in one transaction with the signed proof.</summary>
internal sealed class PartitionDrop(PostgresAuditingOptions options, NpgsqlConnection connection)
{
    private const string Prefix = "audit_entries_";

    /// <summary>The months before a time that have a partition, oldest first, as <c>2026-03</c>.</summary>
    internal async Task<IReadOnlyList<string>> FindAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        // A month is over when the next one begins.
        var limit = Prefix + before.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);
        var command = new NpgsqlCommand(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent "
                + "WHERE p.relname = 'audit_entries' AND p.relnamespace = $1::regnamespace AND c.relname ~ '^audit_entries_[0-9]{6}$' AND c.relname < $2 ORDER BY 1",
            connection
        )
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = options.Schema },
                new NpgsqlParameter<string> { TypedValue = limit },
            },
        };
        var months = new List<string>();
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    months.Add(rows.GetString(0)[Prefix.Length..].Insert(4, "-"));
            }
        }

        return months;
    }

    /// <summary>Drops the month. The caller holds the lock of sealing, in the transaction.</summary>
    /// <exception cref="AuditException">Something in the month is not sealed.</exception>
    internal async Task RunAsync(string month, AuditSigningKey key, TimeProvider time, CancellationToken cancellationToken)
    {
        var table = $"{options.Schema}.{Prefix}{month.Replace("-", "", StringComparison.Ordinal)}";
        // Writers wait for the lock no longer than this; then the drop gives up and is tried another time.
        await TrailSql
            .ExecuteAsync(connection, $"SET LOCAL lock_timeout = '2s'; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", cancellationToken)
            .ConfigureAwait(false);
        var number = await SealedUpToAsync(table, cancellationToken).ConfigureAwait(false);
        if (number is not { } last)
            throw TrailEraser.NotSealed($"The month {month} has entries that are not sealed yet.");
        if (last >= 0)
            await AddProofAsync(month, last, key, time, cancellationToken).ConfigureAwait(false);
        await TrailSql.ExecuteAsync(connection, $"DROP TABLE {table}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last batch when all of the table is sealed, -1 when the table is empty and nothing was ever sealed, else null.</summary>
    private async Task<long?> SealedUpToAsync(string table, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT coalesce(b.number, -1) FROM (SELECT 1) one
            LEFT JOIN LATERAL (SELECT number, last_xact, last_id FROM {options.Schema}.audit_batches ORDER BY number DESC LIMIT 1) b ON true
            WHERE NOT EXISTS (SELECT FROM {table} e WHERE b.number IS NULL OR (e.xact, e.id) > (b.last_xact, b.last_id))
            """;
        return await TrailSql.ReadAsync<long?>(TrailSql.Command(connection, sql), cancellationToken).ConfigureAwait(false);
    }

    private async Task AddProofAsync(string month, long last, AuditSigningKey key, TimeProvider time, CancellationToken cancellationToken)
    {
        var proof = new AuditSealer(options.Origin, key, time).SignTombstone(AuditTombstoneKind.Partition, month, last);
        var insert = TrailSql.Command(
            connection,
            $"INSERT INTO {options.Schema}.audit_tombstones (kind, subject, tombstone) VALUES ('partition', $1, $2)",
            TrailSql.Value(month),
            TrailSql.Value(Encoding.UTF8.GetString(proof.ToCanonicalJson()))
        );
        await TrailSql.RunAsync(insert, cancellationToken).ConfigureAwait(false);
    }
}
