using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Seals what was committed, one round at a time, and hands the last checkpoint to the anchors. Thread-safe: one caller after the other.</summary>
internal sealed class TrailSealer(
    PostgresAuditingOptions options,
    NpgsqlDataSource source,
    AuditSigningKey key,
    IReadOnlyList<IAuditAnchorSink> sinks,
    SealState state,
    ILogger logger,
    TimeProvider time
) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly BatchStore _store = new(options.Schema);
    private AuditSealer _sealer = new(options.Origin, key, time);
    private TrailPlace _last = TrailPlace.Start;
    private AuditCheckpoint? _anchored;
    private AuditException? _altered;

    internal BatchStore Store => _store;

    /// <summary>Seals until nothing is left that may be; gives the number of entries. 0 also when another process is sealing.</summary>
    /// <exception cref="AuditException">The database, an anchor or the stored trail itself stood in the way.</exception>
    internal async Task<long> SealAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var sum = 0L;
            while (await RoundAsync(cancellationToken).ConfigureAwait(false) is > 0 and var entries)
                sum += entries;
            await AnchorAsync(cancellationToken).ConfigureAwait(false);
            return sum;
        }
        catch (AuditException failure)
        {
            state.NoteFault(failure.Code);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        // Once seen, it stays so: a sealer that began anew would take a trail whose end was cut off for whole.
        if (_altered is { } seen)
            throw seen;
        var isStored = false;
        try
        {
            var entries = await LockedAsync(cancellationToken).ConfigureAwait(false);
            isStored = true;
            return entries;
        }
        catch (NpgsqlException failure)
        {
            throw AuditFailure.Of(failure, "The audit trail cannot be sealed.");
        }
        catch (ArgumentException failure)
        {
            Log.TrailAltered(logger, failure);
            _altered = new AuditException(
                "The stored trail was changed, so nothing may be sealed on top of it: verify it.",
                PostgresAuditErrorCodes.TrailAltered,
                isTransient: false,
                failure
            );
            throw _altered;
        }
        finally
        {
            // What was not committed for certain is read anew; a sealer that ran ahead of the database must not sign again.
            if (!isStored)
                (_sealer, _last) = (new AuditSealer(options.Origin, key, time), TrailPlace.Start);
        }
    }

    private async Task<int> LockedAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var round = new SealRound(options, _store, connection);
                if (!await round.TryLockAsync(cancellationToken).ConfigureAwait(false))
                    return 0;
                _last = await round.CatchUpAsync(_sealer, _last, cancellationToken).ConfigureAwait(false);
                var (entries, last) = await round.SealAsync(_sealer, _last, cancellationToken).ConfigureAwait(false);
                var oldest = await round.FirstTimeAsync(last, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                _last = last;
                if (entries > 0)
                    state.NoteBatch(entries);
                state.Note(oldest, fault: null);
                return entries;
            }
        }
    }

    private async Task AnchorAsync(CancellationToken cancellationToken)
    {
        if (_sealer.LastCheckpoint is { } last && !last.Equals(_anchored))
        {
            foreach (var sink in sinks)
                await sink.AppendAsync(last, cancellationToken).ConfigureAwait(false);
            _anchored = last;
        }

        state.NoteAnchored();
    }

    // A pooled connection may be dead since the server restarted; this is asked before anything is signed.
    private Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        StaleConnections.RetryAsync(
            source,
            async () =>
            {
                var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    await TrailSql.ExecuteAsync(connection, "SELECT 1", cancellationToken).ConfigureAwait(false);
                    return connection;
                }
                catch (NpgsqlException)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            },
            cancellationToken
        );
}
