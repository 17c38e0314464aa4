using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Takes details out of sealed entries and puts the signed proof beside them, in one transaction.</summary>
internal sealed class TrailEraser(PostgresAuditingOptions options, NpgsqlDataSource source, AuditSigningKey key, TimeProvider time)
{
    private readonly string _erase = $"SELECT {options.Schema}.audit_erase($1, $2, $3)";

    // The place up to which everything is sealed, and whether the entry lies before it. No row: there is no such entry, or no batch.
    private readonly string _find = $"""
        SELECT coalesce(b.number, -1), coalesce((e.xact, e.id) <= (b.last_xact, b.last_id), false), e.details IS NOT NULL
        FROM {options.Schema}.audit_entries e
        LEFT JOIN LATERAL (SELECT number, last_xact, last_id FROM {options.Schema}.audit_batches ORDER BY number DESC LIMIT 1) b ON true
        WHERE e.ts = $1 AND e.id = $2
        """;

    /// <summary>False when there is no such entry, or it has no details.</summary>
    /// <exception cref="AuditException">The entry is not sealed yet.</exception>
    internal async Task<bool> EraseAsync(Guid id, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var last = await FindAsync(connection, id, timestamp, cancellationToken).ConfigureAwait(false);
            if (last is not { } lastBatch)
                return false;
            var proof = new AuditSealer(options.Origin, key, time).SignTombstone(AuditTombstoneKind.Details, id.ToString("D"), lastBatch);
            return await EraseAsync(connection, id, timestamp, Encoding.UTF8.GetString(proof.ToCanonicalJson()), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Task<bool> EraseAsync(
        NpgsqlConnection connection,
        Guid id,
        DateTimeOffset timestamp,
        string proof,
        CancellationToken cancellationToken
    ) =>
        TrailSql.ReadAsync<bool>(
            TrailSql.Command(connection, _erase, TrailSql.Value(timestamp.UtcDateTime), TrailSql.Value(id), TrailSql.Value(proof)),
            cancellationToken
        );

    private async Task<long?> FindAsync(NpgsqlConnection connection, Guid id, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        var command = TrailSql.Command(connection, _find, TrailSql.Value(timestamp.UtcDateTime), TrailSql.Value(id));
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false) || !rows.GetBoolean(2))
                    return null;
                if (!rows.GetBoolean(1))
                    throw NotSealed($"The entry {id} is not sealed yet, so its details cannot be erased with a proof.");
                return rows.GetInt64(0);
            }
        }
    }

    internal static AuditException NotSealed(string message) => new(message, PostgresAuditErrorCodes.NotSealed, isTransient: true);
}
