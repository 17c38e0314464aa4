using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Takes connections from the data source. Whoever uses the data source itself can hold connections that the gate does not know of; the wait for one of those has
/// the pool's time limit, and not that of connecting. Thread-safe.
/// </summary>
internal sealed class ConnectionOpener(NpgsqlDataSource dataSource, PoolMeter meter, TimeSpan longestWait, TimeProvider time)
{
    /// <summary>How often it is looked, after the longest wait, whether a place in the pool is what is being waited for.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private CancellationTokenSource? _spare;

    /// <summary>A connection, or null when none came free in time.</summary>
    /// <param name="asked">When the caller began to wait.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public ValueTask<NpgsqlConnection?> OpenAsync(long asked, CancellationToken cancellationToken)
    {
        var limit = Interlocked.Exchange(ref _spare, null) ?? new CancellationTokenSource();
        var link = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var opening = dataSource.OpenConnectionAsync(limit.Token);
        if (!opening.IsCompletedSuccessfully)
            return WaitAsync(opening, limit, link, asked, cancellationToken);
        GiveBack(limit, link);
#pragma warning disable VSTHRD103 // It is completed.
        return new ValueTask<NpgsqlConnection?>(opening.Result);
#pragma warning restore VSTHRD103
    }

    private async ValueTask<NpgsqlConnection?> WaitAsync(
        ValueTask<NpgsqlConnection> opening,
        CancellationTokenSource limit,
        CancellationTokenRegistration link,
        long asked,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await WithinAsync(opening, limit, asked).ConfigureAwait(false) is { } connection)
                return connection;
        }
        catch (Exception canceled) when (limit.IsCancellationRequested && IsCancellation(canceled))
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(canceled.Message, canceled, cancellationToken);
            return null;
        }
        finally
        {
            GiveBack(limit, link);
        }

        return time.GetElapsedTime(asked) < longestWait ? await OpenAsync(asked, cancellationToken).ConfigureAwait(false) : null;
    }

    // Null: Npgsql, which waits as long as it connects, has given up before the pool's limit.
    private async ValueTask<NpgsqlConnection?> WithinAsync(ValueTask<NpgsqlConnection> opening, CancellationTokenSource limit, long asked)
    {
        var alarm = time.CreateTimer(_ => EndWait(limit), null, Due(longestWait - time.GetElapsedTime(asked)), LookAgain);
        await using (alarm.ConfigureAwait(false))
        {
            try
            {
                return await opening.ConfigureAwait(false);
            }
            catch (NpgsqlException full) when (FailureCause.IsPoolExhausted(full))
            {
                return null;
            }
        }
    }

    // Timers count whole milliseconds of a coarse clock: cut off and a tick early, the limit would end before its time.
    private static TimeSpan Due(TimeSpan left) =>
        left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds) + 1) : TimeSpan.Zero;

    private static bool IsCancellation(Exception failure) =>
        failure is OperationCanceledException or NpgsqlException { InnerException: OperationCanceledException };

    // A connection that is being made is not waited for in the pool, and has a time limit of its own.
    private void EndWait(CancellationTokenSource limit)
    {
        if (meter.Pending > 0)
            limit.Cancel();
    }

    private void GiveBack(CancellationTokenSource limit, CancellationTokenRegistration link)
    {
        link.Dispose();
        if (!limit.TryReset() || Interlocked.CompareExchange(ref _spare, limit, null) is not null)
            limit.Dispose();
    }
}
