namespace LedgerLift.Auditing.Postgres;

/// <summary>Verifies rounds: batches that were sealed together, of one month each, and the rows that lie within their bounds.</summary>
internal sealed class RoundCheck(AuditTrailVerifier verifier)
{
    private long _nextNumber;
    private long _position;

    /// <summary>Takes the rows up to the end of the round from the cursor.</summary>
    internal async Task RunAsync(IReadOnlyList<StoredBatch> round, RowCursor rows, CancellationToken cancellationToken)
    {
        if (round[0].Number != _nextNumber)
            await SkipAsync(round[0].After, rows, cancellationToken).ConfigureAwait(false);
        if (round is [var single])
            await StreamAsync(single, rows, cancellationToken).ConfigureAwait(false);
        else
            await SortAsync(round, rows, cancellationToken).ConfigureAwait(false);
        _nextNumber = round[^1].Number + 1;
    }

    // The rows of batches that are gone: the gap is reported, not each of them.
    private static async Task SkipAsync(TrailPlace last, RowCursor rows, CancellationToken cancellationToken)
    {
        while (rows.IsUpTo(last))
            await rows.MoveAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StreamAsync(StoredBatch batch, RowCursor rows, CancellationToken cancellationToken)
    {
        var target = Begin(batch);
        for (; rows.IsUpTo(batch.Last); await rows.MoveAsync(cancellationToken).ConfigureAwait(false))
            if (target?.TryAdd(rows.Id, rows.Record) == false)
                ReportInserted(rows.Id, target.NextPosition);
        target?.Complete();
    }

    private async Task SortAsync(IReadOnlyList<StoredBatch> round, RowCursor rows, CancellationToken cancellationToken)
    {
        var kept = new List<(Guid Id, AuditRecord Record)>();
        for (; rows.IsUpTo(round[0].Last); await rows.MoveAsync(cancellationToken).ConfigureAwait(false))
            kept.Add((rows.Id, rows.CopyRecord()));
        var isReadable = true;
        foreach (var batch in round)
        {
            if (Begin(batch) is { } target)
            {
                kept.RemoveAll(row => target.TryAdd(row.Id, row.Record));
                target.Complete();
            }
            else
            {
                isReadable = false;
            }
        }

        if (isReadable)
            kept.ForEach(row => ReportInserted(row.Id, _position));
    }

    /// <summary>Begins the batch; null when its header cannot be read, so that its rows cannot be judged.</summary>
    private BatchRows? Begin(StoredBatch batch)
    {
        if (batch.TryReadHeader() is not { } header)
        {
            verifier.Report(
                new AuditTamper(AuditTamperKinds.BatchAltered, _position, $"The header of batch {batch.Number} cannot be read.")
            );
            return null;
        }

        if (header.Number != batch.Number)
            verifier.Report(
                new AuditTamper(
                    AuditTamperKinds.BatchMisplaced,
                    _position,
                    $"The header of batch {header.Number} stands at batch {batch.Number}."
                )
            );
        verifier.AddBatch(header, batch.TryReadCheckpoint());
        _position = header.FirstPosition + header.Count;
        return new BatchRows(batch, header, verifier);
    }

    private void ReportInserted(Guid id, long position) =>
        verifier.Report(
            new AuditTamper(
                AuditTamperKinds.EntryInserted,
                position,
                $"The entry {id} lies among sealed ones and was not sealed, or is there twice."
            )
        );
}
