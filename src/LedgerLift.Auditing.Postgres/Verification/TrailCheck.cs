using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Verifies all that is sealed, in a transaction of the caller's, whose one snapshot shows batches, tombstones and entries as they were at one moment.</summary>
internal sealed class TrailCheck(PostgresAuditingOptions options, BatchStore store, IReadOnlyList<AuditSigningKey> keys)
{
    internal async Task<AuditVerification> RunAsync(
        NpgsqlConnection connection,
        IEnumerable<AuditCheckpoint> anchors,
        CancellationToken cancellationToken
    )
    {
        var invalid = new List<AuditTamper>();
        var tombstones = await ReadTombstonesAsync(connection, invalid, cancellationToken).ConfigureAwait(false);
        var verifier = new AuditTrailVerifier(options.Origin, keys, anchors, tombstones);
        invalid.ForEach(verifier.Report);
        var check = new RoundCheck(verifier);
        var (from, after) = (0L, TrailPlace.Start);
        while (await store.ReadRoundsAsync(connection, from, cancellationToken).ConfigureAwait(false) is { Count: > 0 } group)
        {
            after = await CheckAsync(connection, group, after, check, cancellationToken).ConfigureAwait(false);
            from = group[^1].Number + 1;
        }

        return verifier.Complete();
    }

    private async Task<TrailPlace> CheckAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StoredBatch> group,
        TrailPlace after,
        RoundCheck check,
        CancellationToken cancellationToken
    )
    {
        var last = group.Max(static batch => batch.Last);
        var copy = RowScan.Between(options.Schema, after, last);
        var rows = await RowCursor.OpenAsync(connection, copy, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            await rows.MoveAsync(cancellationToken).ConfigureAwait(false);
            foreach (var round in group.GroupBy(static batch => (batch.After, batch.Last)))
                await check.RunAsync([.. round], rows, cancellationToken).ConfigureAwait(false);
        }

        return last > after ? last : after;
    }

    private async Task<List<AuditTombstone>> ReadTombstonesAsync(
        NpgsqlConnection connection,
        List<AuditTamper> invalid,
        CancellationToken cancellationToken
    )
    {
        var tombstones = new List<AuditTombstone>();
        var command = TrailSql.Command(connection, $"SELECT tombstone FROM {options.Schema}.audit_tombstones");
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (StoredBatch.Try(() => AuditTombstone.FromJson(Encoding.UTF8.GetBytes(rows.GetString(0)))) is { } tombstone)
                        tombstones.Add(tombstone);
                    else
                        invalid.Add(new AuditTamper(AuditTamperKinds.TombstoneInvalid, 0, "A tombstone cannot be read."));
                }
            }
        }

        return tombstones;
    }
}
