using System.Data;
using System.Globalization;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Takes out of the trail what proves one entry.</summary>
internal sealed class EntryProof(PostgresAuditingOptions options, NpgsqlDataSource source, BatchStore store)
{
    /// <summary>The proof up to the last checkpoint; null when there is no such entry.</summary>
    /// <exception cref="AuditException">The entry is not sealed yet, or what is stored does not fit together.</exception>
    internal async Task<AuditInclusionProof?> CreateAsync(Guid id, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using (snapshot.ConfigureAwait(false))
            {
                var found = await FindAsync(connection, id, timestamp, cancellationToken).ConfigureAwait(false);
                return found is { } entry
                    ? await CreateAsync(connection, entry.Place, entry.Record, cancellationToken).ConfigureAwait(false)
                    : null;
            }
        }
    }

    private async Task<AuditInclusionProof> CreateAsync(
        NpgsqlConnection connection,
        TrailPlace place,
        AuditRecord record,
        CancellationToken cancellationToken
    )
    {
        var hashes = new List<AuditHash>();
        var candidates = new List<long>();
        StoredBatch? last = null;
        await foreach (var batch in store.ReadHeadersAsync(connection, 0, cancellationToken).ConfigureAwait(false))
        {
            hashes.Add((batch.TryReadHeader() ?? throw Altered()).Hash);
            if (batch.After < place && place <= batch.Last)
                candidates.Add(batch.Number);
            last = batch;
        }

        foreach (var number in candidates)
        {
            var batch = await store.ReadOneAsync(connection, number, cancellationToken).ConfigureAwait(false);
            if (batch?.PlaceOf(place.Id) is not ({ } index and >= 0))
                continue;
            var (header, checkpoint) = (batch.TryReadHeader(), last!.TryReadCheckpoint());
            return AuditInclusionProof.Create(
                record,
                index,
                batch.Leaves,
                header ?? throw Altered(),
                hashes.ToArray(),
                checkpoint ?? throw Altered()
            );
        }

        throw last is { } end && place <= end.Last
            ? Altered()
            : TrailEraser.NotSealed($"The entry {place.Id} is not sealed yet, so nothing proves it.");
    }

    private async Task<(TrailPlace Place, AuditRecord Record)?> FindAsync(
        NpgsqlConnection connection,
        Guid id,
        DateTimeOffset timestamp,
        CancellationToken cancellationToken
    )
    {
        var copy = RowScan.One(
            options.Schema,
            id,
            timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)
        );
        var rows = await RowCursor.OpenAsync(connection, copy, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            await rows.MoveAsync(cancellationToken).ConfigureAwait(false);
            return rows.IsAtRow ? (rows.Place, rows.CopyRecord()) : null;
        }
    }

    private static AuditException Altered() =>
        new("The stored trail was changed, so it proves nothing: verify it.", PostgresAuditErrorCodes.TrailAltered, isTransient: false);
}
