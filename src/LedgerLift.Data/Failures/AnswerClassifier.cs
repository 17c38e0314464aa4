using Npgsql;

namespace LedgerLift.Data;

/// <summary>What an error that the server itself reported means. Pure.</summary>
internal static class AnswerClassifier
{
    internal static DatabaseFailure Classify(PostgresException answer, DatabasePhase phase) =>
        phase switch
        {
            DatabasePhase.Opening => OfOpening(answer),
            DatabasePhase.Committing => OfCommitting(answer),
            _ => OfWork(answer, phase == DatabasePhase.InTransaction),
        };

    private static DatabaseFailure OfOpening(PostgresException answer)
    {
        var state = answer.SqlState;
        if (IsNotPrimary(answer))
            return DatabaseFailure.NotPrimary;
        return SqlStates.IsRefusal(state) || SqlStates.IsSessionEnd(state) || SqlStates.IsConnection(state)
            ? DatabaseFailure.NeverSent
            : DatabaseFailure.Permanent;
    }

    private static DatabaseFailure OfWork(PostgresException answer, bool inTransaction)
    {
        var state = answer.SqlState;
        if (IsNotPrimary(answer))
            return DatabaseFailure.NotPrimary;
        if (SqlStates.IsOutcomeUnknown(state))
            return DatabaseFailure.Ambiguous;
        if (SqlStates.IsConflict(state) || SqlStates.IsSessionEnd(state) || SqlStates.IsRefusal(state))
            return DatabaseFailure.RolledBack;
        if (SqlStates.IsConnection(state))
            return inTransaction ? DatabaseFailure.RolledBack : DatabaseFailure.Ambiguous;
        if (IsStalePlan(answer))
            return inTransaction ? DatabaseFailure.RolledBack : DatabaseFailure.StalePlan;
        return state is SqlStates.QueryCanceled ? DatabaseFailure.Timeout : DatabaseFailure.Permanent;
    }

    // An error (not a fatal one) in answer to COMMIT is certain: the transaction is undone.
    private static DatabaseFailure OfCommitting(PostgresException answer)
    {
        var state = answer.SqlState;
        if (state is SqlStates.IdleInTransactionTimeout)
            return DatabaseFailure.RolledBack; // It had run out before COMMIT was read.
        if (
            answer.InvariantSeverity is "FATAL" or "PANIC"
            || SqlStates.IsOutcomeUnknown(state)
            || SqlStates.IsSessionEnd(state)
            || SqlStates.IsConnection(state)
            || SqlStates.IsRefusal(state)
        )
            return DatabaseFailure.Ambiguous;
        if (IsNotPrimary(answer))
            return DatabaseFailure.NotPrimary;
        return SqlStates.IsConflict(state) || state is SqlStates.QueryCanceled ? DatabaseFailure.RolledBack : DatabaseFailure.Permanent;
    }

    // 55000 has many reasons; only this one goes away with another server.
    private static bool IsNotPrimary(PostgresException answer) =>
        answer.SqlState is SqlStates.ReadOnlyTransaction
        || (
            answer.SqlState is SqlStates.ObjectNotInPrerequisiteState
            && answer.MessageText.Contains("recovery is in progress", StringComparison.Ordinal)
        );

    private static bool IsStalePlan(PostgresException answer) =>
        answer.SqlState is SqlStates.InvalidStatementName or SqlStates.DuplicatePreparedStatement
        || (answer.SqlState is SqlStates.FeatureNotSupported && answer.MessageText.Contains("cached plan", StringComparison.Ordinal));
}
