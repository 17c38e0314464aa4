using Npgsql;

namespace LedgerLift.Data;

/// <summary>Finds out what became of a transaction, on a connection of its own, until the server has decided or the time is up. Thread-safe.</summary>
internal sealed class OutcomeLookup(NpgsqlDataSource dataSource, TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>From here on the transaction is not at work any more: its session waits for a client that is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async ValueTask<(TransactionOutcome Outcome, string Reason)> FindAsync(TransactionMark mark)
    {
        var started = time.GetTimestamp();
        var pause = FirstPause;
        var reason = "the server has not decided in time (CommitTimeout).";
        while (true)
        {
            var isLate = time.GetElapsedTime(started) >= Patience;
            try
            {
                var (outcome, said) = await AskAsync(mark, isLate).ConfigureAwait(false);
                if (outcome != TransactionOutcome.InProgress)
                    return (outcome, said);
            }
            catch (Exception failure)
                when (failure is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                // The server is away or starting; the transaction's fate stays, so asking again is always right.
                reason = "the server could not be asked in time (CommitTimeout).";
            }

            if (time.GetElapsedTime(started) >= limit)
                return (TransactionOutcome.Unknown, reason);
            await Task.Delay(pause, time, CancellationToken.None).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async ValueTask<(TransactionOutcome Outcome, string Reason)> AskAsync(TransactionMark mark, bool isLate)
    {
        using var attempt = new CancellationTokenSource(limit, time);
        var connection = await OpenAsync(attempt.Token).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var facts = await OutcomeQueries.ReadFactsAsync(connection, attempt.Token).ConfigureAwait(false);
            if (facts is null)
            {
                // A standby: the primary is elsewhere, or not yet.
                dataSource.Clear();
                return (TransactionOutcome.InProgress, string.Empty);
            }

            var status = await OutcomeQueries.ReadStatusAsync(connection, mark.Id, attempt.Token).ConfigureAwait(false);
            var decided = OutcomeRules.Decide(mark, facts, status);
            if (decided.Outcome == TransactionOutcome.InProgress && isLate)
                await OutcomeQueries.EndSessionAsync(connection, mark.Id, attempt.Token).ConfigureAwait(false);
            return decided;
        }
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken attempt)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(attempt).ConfigureAwait(false);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException("No connection in time.", late);
        }
    }
}
