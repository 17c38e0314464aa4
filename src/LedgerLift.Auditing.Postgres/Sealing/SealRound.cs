using System.Globalization;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>One transaction that seals the next entries: of each month among them one batch.</summary>
internal sealed class SealRound(PostgresAuditingOptions options, BatchStore store, NpgsqlConnection connection)
{
    private readonly string _schema = options.Schema;

    /// <summary>Takes the right to seal until the transaction ends; false when another process has it.</summary>
    internal async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        var command = TrailSql.Command(
            connection,
            "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))",
            TrailSql.Value(SealLock.NameOf(_schema))
        );
        return await TrailSql.ReadAsync<bool>(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what others sealed since, and gives the place up to which everything is sealed.</summary>
    /// <exception cref="ArgumentException">What is stored does not follow on what was known: the trail was changed.</exception>
    internal async Task<TrailPlace> CatchUpAsync(AuditSealer sealer, TrailPlace known, CancellationToken cancellationToken)
    {
        if (await CountAsync(cancellationToken).ConfigureAwait(false) < sealer.BatchCount)
            throw new ArgumentException("Batches that were there are gone.", nameof(sealer));
        var last = known;
        await foreach (var batch in store.ReadHeadersAsync(connection, sealer.BatchCount, cancellationToken).ConfigureAwait(false))
        {
            sealer.Restore(batch.ReadHeader(), batch.ReadCheckpoint());
            last = batch.Last;
        }

        if (await XmaxAsync(cancellationToken).ConfigureAwait(false) <= last.Xact)
            throw new ArgumentException(
                "The server's transactions are older than what was sealed: the data were moved to another server.",
                nameof(known)
            );
        return last;
    }

    /// <summary>Seals up to <see cref="PostgresAuditingOptions.SealBatchSize"/> entries and gives their number and the new place.</summary>
    internal async Task<(int Entries, TrailPlace Last)> SealAsync(AuditSealer sealer, TrailPlace after, CancellationToken cancellationToken)
    {
        var (months, count, last) = await CollectAsync(after, cancellationToken).ConfigureAwait(false);
        foreach (var (month, batch) in months)
        {
            var seal = sealer.Seal(batch.Leaves, month);
            await store.InsertAsync(connection, after, last, batch, seal, cancellationToken).ConfigureAwait(false);
        }

        return (count, last);
    }

    /// <summary>The time of the first entry after a place; null when there is none.</summary>
    internal async Task<DateTime?> FirstTimeAsync(TrailPlace after, CancellationToken cancellationToken)
    {
        var sql = $"SELECT ts FROM {_schema}.audit_entries WHERE (xact, id) > {after.Sql} ORDER BY xact, id LIMIT 1";
        return await TrailSql.ReadAsync<DateTime?>(TrailSql.Command(connection, sql), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(SortedDictionary<string, OpenBatch> Months, int Count, TrailPlace Last)> CollectAsync(
        TrailPlace after,
        CancellationToken cancellationToken
    )
    {
        var months = new SortedDictionary<string, OpenBatch>(StringComparer.Ordinal);
        var header = new CanonicalHeader();
        var (count, last) = (0, after);
        var copy = RowScan.Sealable(_schema, after, options.SealBatchSize);
        var rows = await RowScan.OpenAsync(connection, copy, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var month = OpenBatch.PartitionOf(RowColumns.Time(rows));
                if (!months.TryGetValue(month, out var batch))
                {
                    batch = new OpenBatch();
                    months.Add(month, batch);
                }

                last = new TrailPlace(RowColumns.Xact(rows), RowColumns.Id(rows));
                batch.Add(last.Id, RowRecord.Of(rows, header).ComputeLeaf());
                count++;
            }
        }

        return (months, count, last);
    }

    private Task<long> CountAsync(CancellationToken cancellationToken) =>
        TrailSql.ReadAsync<long>(
            TrailSql.Command(connection, $"SELECT coalesce(max(number) + 1, 0) FROM {_schema}.audit_batches"),
            cancellationToken
        );

    private async Task<ulong> XmaxAsync(CancellationToken cancellationToken)
    {
        var command = TrailSql.Command(connection, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
        var text = await TrailSql.ReadAsync<string>(command, cancellationToken).ConfigureAwait(false);
        return ulong.Parse(text!, CultureInfo.InvariantCulture);
    }
}
