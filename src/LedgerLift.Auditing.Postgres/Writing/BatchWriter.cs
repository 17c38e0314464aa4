using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Brings batches to the database or, when there is a spill log, to the disk and from there to the database. Used by one loop.</summary>
internal sealed class BatchWriter(
    EntryWriter database,
    SpillLog? spill,
    TimeSpan retryDelay,
    WriteMetrics metrics,
    ILogger logger,
    TimeProvider time
) : IDisposable
{
    private const int ReplayBatch = 1000;
    private static readonly TimeSpan ReplayTurn = TimeSpan.FromMilliseconds(500);
    private long _triedAt;
    private volatile bool _isOutage;

    /// <summary>Whether entries go straight to the database. May be read from any thread.</summary>
    internal bool IsDirect => spill is not { } log || (!_isOutage && log.IsEmpty);

    internal long SpillBytes => spill?.Bytes ?? 0;

    /// <summary>How long until the database is to be tried again.</summary>
    internal TimeSpan UntilRetry
    {
        get
        {
            var left = _isOutage ? retryDelay - time.GetElapsedTime(_triedAt) : TimeSpan.Zero;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Takes over what an earlier process left. A disk that cannot be read is reported and does not stop the writer.</summary>
    internal void Start()
    {
        try
        {
            spill?.Adopt();
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.SpillFailed(logger, failure);
        }
    }

    internal async Task WriteAsync(List<PendingEntry> batch, CancellationToken cancellationToken)
    {
        if (!IsDirect)
        {
            Spill(batch, cause: null);
            return;
        }

        try
        {
            await WriteToDatabaseAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        // Whatever keeps entries from the database, they are kept and those who wait get an answer.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            BeginOutage(failure);
            Spill(batch, failure);
        }
    }

    /// <summary>Brings what is on disk to the database, oldest first, for a turn and when it is time for a try.</summary>
    internal async Task ReplayAsync(CancellationToken cancellationToken)
    {
        if (spill is null || (IsDirect && !_isOutage) || UntilRetry > TimeSpan.Zero || cancellationToken.IsCancellationRequested)
            return;
        try
        {
            // Not longer than a turn, as others wait to write; but several segments, so that it ends while entries keep coming.
            var started = time.GetTimestamp();
            while (spill.CloseAndFindOldest() is { } segment && time.GetElapsedTime(started) < ReplayTurn)
            {
                foreach (var chunk in spill.Read(segment).Chunk(ReplayBatch))
                    await WriteToDatabaseAsync(chunk, cancellationToken).ConfigureAwait(false);
                spill.RemoveOldest();
            }

            if (_isOutage)
                Log.OutageEnded(logger);
            _isOutage = false;
        }
        // As above; the segment stays.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            BeginOutage(failure);
        }
    }

    /// <summary>The last try before the end of the process: all that is on disk, until the server fails.</summary>
    internal async Task ReplayAllAsync(CancellationToken cancellationToken)
    {
        do await ReplayAsync(cancellationToken).ConfigureAwait(false);
        while (spill is { IsEmpty: false } && !_isOutage && !cancellationToken.IsCancellationRequested);
    }

    public void Dispose() => spill?.Dispose();

    internal static AuditException Stopped() => new("The audit logger was stopped.", PostgresAuditErrorCodes.Stopped, isTransient: false);

    private async Task WriteToDatabaseAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await database.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure) when (WriteFailure.IsRefusal(failure))
        {
            await WriteOneByOneAsync(batch, cancellationToken).ConfigureAwait(false);
            return;
        }

        metrics.RecordWrite(time.GetElapsedTime(started));
        foreach (var entry in batch)
            entry.Succeed();
    }

    // One entry that the server refuses must not take the others with it, nor stand in their way for ever.
    private async Task WriteOneByOneAsync(IEnumerable<PendingEntry> batch, CancellationToken cancellationToken)
    {
        foreach (var entry in batch)
        {
            try
            {
                await database.WriteAsync([entry], cancellationToken).ConfigureAwait(false);
                entry.Succeed();
            }
            catch (PostgresException failure) when (WriteFailure.IsRefusal(failure))
            {
                Log.EntryRejected(logger, entry.Entry.Id, failure.SqlState);
                if (entry.IsAwaited || spill is null)
                    entry.Fail(
                        new AuditException("The database refuses the entry.", PostgresAuditErrorCodes.Rejected, isTransient: false, failure)
                    );
                else
                    spill.Reject(entry);
                metrics.RecordDropped(1, DropReason.Rejected);
            }
        }
    }

    private void Spill(List<PendingEntry> batch, Exception? cause)
    {
        var lost = batch.RemoveAll(static entry => !entry.IsAwaited);
        if (lost > 0)
            metrics.RecordDropped(lost, DropReason.Outage);
        if (batch.Count == 0)
            return;
        try
        {
            if (spill is null)
            {
                Fail(batch, PostgresAuditErrorCodes.Unavailable, "The audit database cannot be reached.", cause);
                return;
            }

            spill.Append(batch);
            batch.ForEach(static entry => entry.Succeed());
        }
        // As above: who waits gets an answer, and the loop goes on.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.SpillFailed(logger, failure);
            Fail(
                batch,
                PostgresAuditErrorCodes.SpillFailed,
                "The audit database cannot be reached, and the spill directory took no more.",
                failure
            );
        }
    }

    private static void Fail(List<PendingEntry> batch, string code, string message, Exception? cause)
    {
        var failure = new AuditException(message, code, isTransient: true, cause);
        batch.ForEach(entry => entry.Fail(failure));
    }

    private void BeginOutage(Exception failure)
    {
        if (!_isOutage && spill is not null)
            Log.OutageBegan(logger, failure);
        _isOutage = true;
        _triedAt = time.GetTimestamp();
    }
}
