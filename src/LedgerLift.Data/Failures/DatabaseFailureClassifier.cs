using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Says what a failure means, from the exception and from what was being done. Pure; safe to use from any thread. Exceptions that wrap a failure of
/// Npgsql (Entity Framework's, for one) count as what they wrap. Failures that do not come from the database are <see cref="DatabaseFailure.Permanent"/>.
/// </summary>
/// <remarks>
/// <see cref="NpgsqlException.IsTransient"/> is no help here: it is true for a lost reply to COMMIT, for an exhausted pool and for a full disk, and false for
/// a session that was ended while idle in its transaction.
/// </remarks>
public static class DatabaseFailureClassifier
{
    /// <summary>What the failure means.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="phase">What was being done. While committing, whatever is not certain is <see cref="DatabaseFailure.Ambiguous"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="failure"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="phase"/> is none of the defined values.</exception>
    public static DatabaseFailure Classify(Exception failure, DatabasePhase phase)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (!Enum.IsDefined(phase))
            throw new ArgumentOutOfRangeException(nameof(phase), phase, "Give Opening, Executing, InTransaction or Committing.");
        return FailureCause.Find(failure) switch
        {
            PoolTimeoutException => DatabaseFailure.PoolExhausted,
            CommitOutcomeUnknownException => DatabaseFailure.Ambiguous,
            TransactionRolledBackException rolledBack => rolledBack.IsTransient ? DatabaseFailure.RolledBack : DatabaseFailure.Permanent,
            DatabaseException => DatabaseFailure.Permanent,
            PostgresException answer => AnswerClassifier.Classify(answer, phase),
            OperationCanceledException => phase == DatabasePhase.Committing ? DatabaseFailure.Ambiguous : DatabaseFailure.Canceled,
            NpgsqlException broken => OfBroken(broken, phase),
            var other => OfOther(other, phase),
        };
    }

    private static DatabaseFailure OfBroken(NpgsqlException broken, DatabasePhase phase)
    {
        if (phase == DatabasePhase.Committing)
            return DatabaseFailure.Ambiguous;
        if (phase == DatabasePhase.Opening)
            return OfOpening(broken);
        if (FailureCause.IsTimeout(broken))
            return DatabaseFailure.Timeout;
        if (!FailureCause.IsTransport(broken))
            return DatabaseFailure.Permanent;
        return phase == DatabasePhase.InTransaction ? DatabaseFailure.RolledBack : DatabaseFailure.Ambiguous;
    }

    private static DatabaseFailure OfOpening(NpgsqlException broken)
    {
        if (FailureCause.IsPoolExhausted(broken))
            return DatabaseFailure.PoolExhausted;
        var neverSent =
            FailureCause.IsTimeout(broken)
            || FailureCause.IsTransport(broken)
            || FailureCause.IsNoSuitableHost(broken)
            || FailureCause.IsRefusedBeforeEncryption(broken);
        return neverSent ? DatabaseFailure.NeverSent : DatabaseFailure.Permanent;
    }

    // Sockets and files are the database's only while it is being connected to; in the caller's work they are the caller's own.
    private static DatabaseFailure OfOther(Exception other, DatabasePhase phase) =>
        phase switch
        {
            DatabasePhase.Committing => DatabaseFailure.Ambiguous,
            DatabasePhase.Opening when FailureCause.IsTransportType(other) || other is TimeoutException => DatabaseFailure.NeverSent,
            _ => DatabaseFailure.Permanent,
        };
}
