using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>Makes leaves, headers and checkpoints anew from the rows as they are now, as if they had always been so.</summary>
internal sealed class Rehash(TestTrail trail, NpgsqlConnection connection)
{
    internal async Task RunAsync(bool withTheKey)
    {
        var secret = Convert.FromBase64String(TestTrail.Key);
        if (!withTheKey)
            secret[0] ^= 1;
        using var key = AuditSigningKey.FromSecret(trail.Options.SigningKeyId, secret);
        var sealer = new AuditSealer(trail.Options.Origin, key);
        var store = new BatchStore(trail.Schema);
        var batches = (await store.ReadRoundsAsync(connection, 0, default)).Where(batch => batch.TryReadHeader() is not null).ToList();
        await using (var delete = new NpgsqlCommand($"DELETE FROM {trail.Schema}.audit_batches", connection))
            await delete.ExecuteNonQueryAsync();
        var after = TrailPlace.Start;
        foreach (var batch in batches)
        {
            var open = await CollectAsync(batch, batch.ReadHeader().Partition);
            if (open.Leaves.IsEmpty)
                continue;
            await store.InsertAsync(connection, after, batch.Last, open, sealer.Seal(open.Leaves, batch.ReadHeader().Partition), default);
            after = batch.Last;
        }
    }

    private async Task<OpenBatch> CollectAsync(StoredBatch batch, string partition)
    {
        var open = new OpenBatch();
        var header = new CanonicalHeader();
        await using var rows = await RowScan.OpenAsync(connection, RowScan.Between(trail.Schema, batch.After, batch.Last), default);
        while (await rows.ReadAsync(default))
            open.Add(RowColumns.Id(rows), RowRecord.Of(rows, header).ComputeLeaf());
        // A month that was dropped has no rows; its leaves are all there is.
        if (open.Leaves.IsEmpty && string.Equals(partition, TamperCampaignTests.DroppedMonth, StringComparison.Ordinal))
            for (var place = 0; place < batch.IdCount; place++)
                open.Add(batch.IdAt(place), batch.Leaves[place]);
        return open;
    }
}
