using Npgsql;

namespace LedgerLift.Data;

/// <summary>Sends COMMIT, by the cheapest way that has its time limit. A COMMIT that was slow is told. Thread-safe.</summary>
internal sealed class CommitSender(SlowQueryMonitor slow, TimeSpan commitTimeout, TimeSpan commandTimeout, TimeProvider time)
{
    /// <summary>
    /// A statement that does nothing, and that an aborted transaction refuses all the same: the server binds nothing but the ends of transactions there
    /// (exec_bind_message in PostgreSQL's postgres.c). It is neither analysed nor planned, as a SELECT would be.
    /// </summary>
    internal const string Probe = "/* probe */";

    private const string Commit = "COMMIT";

    private readonly int _seconds = NpgsqlMapping.Seconds(commitTimeout);

    // Npgsql's own commit is the simplest message, with which server and client are done soonest; its time limit is always that of the commands.
    private readonly bool _isLikeCommands = NpgsqlMapping.Seconds(commitTimeout) == NpgsqlMapping.Seconds(commandTimeout);

    /// <summary>Returns when the server has answered that it is done. Nothing cancels it.</summary>
    /// <param name="transaction">Open.</param>
    /// <param name="isProbed">Whether an aborted transaction is to be an error, at the price of a few microseconds.</param>
    public Task SendAsync(NpgsqlTransaction transaction, bool isProbed)
    {
        if (isProbed)
            return SendProbedAsync(transaction);
        return _isLikeCommands ? SendPlainAsync(transaction) : SendCommandAsync(transaction);
    }

    // In one batch: in an aborted transaction the first statement fails, and the second is not run.
    private async Task SendProbedAsync(NpgsqlTransaction transaction)
    {
        var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            Timeout = _seconds,
            BatchCommands = { new NpgsqlBatchCommand(Probe), new NpgsqlBatchCommand(Commit) },
        };
        await using (batch.ConfigureAwait(false))
            await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SendCommandAsync(NpgsqlTransaction transaction)
    {
        var command = new NpgsqlCommand(Commit, transaction.Connection, transaction) { CommandTimeout = _seconds };
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // No hook of Npgsql sees this one, so it is timed here.
    private async Task SendPlainAsync(NpgsqlTransaction transaction)
    {
        var sent = time.GetTimestamp();
        var outcome = QueryOutcome.Completed;
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            outcome = CommandEnd.Of(failure);
            throw;
        }
        finally
        {
            var duration = time.GetElapsedTime(sent);
            if (slow.IsSlow(duration))
                slow.Report(Commit, duration, outcome);
        }
    }
}
