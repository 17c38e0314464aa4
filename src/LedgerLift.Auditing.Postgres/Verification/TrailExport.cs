using System.Data;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Writes all that is sealed as it is found, for a verification elsewhere.</summary>
internal sealed class TrailExport(PostgresAuditingOptions options, NpgsqlDataSource source, BatchStore store)
{
    internal async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var writer = new AuditTrailWriter(output, options.Origin);
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using (snapshot.ConfigureAwait(false))
                await WriteAsync(connection, writer, cancellationToken).ConfigureAwait(false);
        }

        await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(NpgsqlConnection connection, AuditTrailWriter writer, CancellationToken cancellationToken)
    {
        var tombstones = await TombstoneStore.ReadAsync(connection, options.Schema, cancellationToken).ConfigureAwait(false);
        foreach (var tombstone in tombstones.OfType<AuditTombstone>())
            await writer.WriteTombstoneAsync(tombstone, cancellationToken).ConfigureAwait(false);
        var (from, after) = (0L, TrailPlace.Start);
        while (await store.ReadRoundsAsync(connection, from, cancellationToken).ConfigureAwait(false) is { Count: > 0 } group)
        {
            foreach (var round in group.GroupBy(static batch => batch.Last))
            {
                await WriteRoundAsync(connection, writer, [.. round], after, cancellationToken).ConfigureAwait(false);
                after = round.Key > after ? round.Key : after;
            }

            from = group[^1].Number + 1;
        }
    }

    private async Task WriteRoundAsync(
        NpgsqlConnection connection,
        AuditTrailWriter writer,
        IReadOnlyList<StoredBatch> round,
        TrailPlace after,
        CancellationToken cancellationToken
    )
    {
        var records = await ReadAsync(connection, after, round[0].Last, cancellationToken).ConfigureAwait(false);
        foreach (var batch in round)
        {
            if (batch.TryReadHeader() is not { } header)
                throw new AuditException(
                    $"The header of batch {batch.Number} cannot be read: verify the trail.",
                    PostgresAuditErrorCodes.TrailAltered,
                    isTransient: false
                );
            await writer.WriteBatchAsync(header, batch.TryReadCheckpoint(), cancellationToken).ConfigureAwait(false);
            for (var place = 0; place < batch.IdCount; place++)
            {
                records.Remove(batch.IdAt(place), out var record);
                var leaf = place < batch.Leaves.Length ? batch.Leaves[place] : (AuditHash?)null;
                await writer.WriteEntryAsync(place, record, leaf, cancellationToken).ConfigureAwait(false);
            }
        }

        // What lies among sealed entries and was not sealed has no place: the reader is to stumble over it.
        var beyond = round[^1].IdCount;
        foreach (var record in records.Values)
            await writer.WriteEntryAsync(beyond++, record, storedLeaf: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Dictionary<Guid, AuditRecord>> ReadAsync(
        NpgsqlConnection connection,
        TrailPlace after,
        TrailPlace last,
        CancellationToken cancellationToken
    )
    {
        var records = new Dictionary<Guid, AuditRecord>();
        var copy = RowScan.Between(options.Schema, after, last);
        var rows = await RowCursor.OpenAsync(connection, copy, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            await rows.MoveAsync(cancellationToken).ConfigureAwait(false);
            while (rows.IsAtRow)
            {
                records.TryAdd(rows.Id, rows.CopyRecord());
                await rows.MoveAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return records;
    }
}
