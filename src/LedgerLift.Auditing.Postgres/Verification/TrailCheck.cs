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
        var tombstones = await TombstoneStore.ReadAsync(connection, options.Schema, cancellationToken).ConfigureAwait(false);
        var verifier = new AuditTrailVerifier(options.Origin, keys, anchors, tombstones.OfType<AuditTombstone>());
        if (tombstones.Contains(null))
            verifier.Report(new AuditTamper(AuditTamperKinds.TombstoneInvalid, 0, "A tombstone cannot be read."));
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
}
