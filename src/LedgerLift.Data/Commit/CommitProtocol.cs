using System.Data;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Commits a session's transaction so that its end is certain: it returns when the transaction is there, and throws when it is not. Thread-safe.</summary>
internal sealed class CommitProtocol(
    CommitSender sender,
    OutcomeLookup lookup,
    SessionMetrics metrics,
    TimeSpan commitTimeout,
    string pool,
    ILogger logger
)
{
    private readonly int _seconds = NpgsqlMapping.Seconds(commitTimeout);

    /// <summary>Commits. From the moment COMMIT may have been sent the session's phase is <see cref="DatabasePhase.Committing"/>, and nothing cancels it.</summary>
    public async ValueTask CommitAsync(DatabaseSession session, NpgsqlTransaction transaction, CommitSafety safety)
    {
        // Whoever found out has swallowed it; what the work did about it is not known, so it is not run again.
        if (session.Connection.State != ConnectionState.Open)
            throw TransactionRolledBackException.Aborted(cause: null);
        TransactionMark? mark = null;
        if (safety == CommitSafety.Verified)
            mark = await ReadMarkAsync(session).ConfigureAwait(false);

        session.Phase = DatabasePhase.Committing;
        try
        {
            await sender.SendAsync(transaction, isProbed: safety == CommitSafety.Probe).ConfigureAwait(false);
        }
        catch (PostgresException aborted) when (aborted.SqlState is SqlStates.InFailedTransaction)
        {
            session.Phase = DatabasePhase.InTransaction;
            throw TransactionRolledBackException.Aborted(aborted);
        }
        catch (Exception failure) when (DatabaseFailureClassifier.Classify(failure, DatabasePhase.Committing) == DatabaseFailure.Ambiguous)
        {
            // The connection goes back first: the lookup may need its place in the pool.
            await session.ReleaseAsync().ConfigureAwait(false);
            await ResolveAsync(mark, safety, failure).ConfigureAwait(false);
        }
    }

    /// <summary>The transaction's id, null when it has written nothing; the server refuses when the transaction is aborted.</summary>
    private async ValueTask<TransactionMark?> ReadMarkAsync(DatabaseSession session)
    {
        var command = new NpgsqlCommand(OutcomeQueries.TransactionId, session.Connection) { CommandTimeout = _seconds };
        await using (command.ConfigureAwait(false))
        {
            try
            {
                // Not the caller's token: a transaction that has come so far is decided by the server.
                return await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) is ulong id
                    ? new TransactionMark(id, session.Era)
                    : null;
            }
            catch (PostgresException aborted) when (aborted.SqlState is SqlStates.InFailedTransaction)
            {
                throw TransactionRolledBackException.Aborted(aborted);
            }
            catch (NpgsqlException lost) when (IsLost(lost))
            {
                throw TransactionRolledBackException.Lost(lost);
            }
        }
    }

    private static bool IsLost(NpgsqlException failure) =>
        failure is PostgresException answer
            ? SqlStates.IsSessionEnd(answer.SqlState) || SqlStates.IsConnection(answer.SqlState)
            : DatabaseFailureClassifier.Classify(failure, DatabasePhase.InTransaction) == DatabaseFailure.RolledBack;

    private async ValueTask ResolveAsync(TransactionMark? mark, CommitSafety safety, Exception failure)
    {
        if (safety != CommitSafety.Verified)
        {
            metrics.RecordReconciled(TransactionOutcome.Unknown);
            TransactionSpan.Reconciled(TransactionOutcome.Unknown);
            throw new CommitOutcomeUnknownException(null, "its id was not asked for (CommitSafety).", failure);
        }

        // Nothing was written, so nothing can have been committed.
        if (mark is null)
            throw TransactionRolledBackException.Lost(failure);
        var (outcome, reason) = await lookup.FindAsync(mark).ConfigureAwait(false);
        metrics.RecordReconciled(outcome);
        TransactionSpan.Reconciled(outcome);
        Log.CommitReconciled(logger, pool, mark.Id, outcome, failure);
        if (outcome == TransactionOutcome.RolledBack)
            throw TransactionRolledBackException.Lost(failure);
        if (outcome != TransactionOutcome.Committed)
            throw new CommitOutcomeUnknownException(mark.Id.ToString(CultureInfo.InvariantCulture), reason, failure);
    }
}
