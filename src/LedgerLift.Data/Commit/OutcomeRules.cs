namespace LedgerLift.Data;

/// <summary>What the status of a transaction id says about the transaction that had it. Pure.</summary>
/// <remarks>
/// <c>pg_xact_status</c> alone is not enough. A crash loses the ids of transactions of which nothing had reached the disk, and the server gives them out again:
/// <c>committed</c> may then be said of a stranger. Recovery ends with a checkpoint that notes the first id it gives out; an id from there on that is older
/// than the crash was lost with its transaction. After a failover the ids of the two servers have nothing to do with each other.
/// </remarks>
internal static class OutcomeRules
{
    internal const string Committed = "committed";
    internal const string Aborted = "aborted";
    internal const string InProgress = "in progress";

    /// <summary>The server's word for an id it has not given out yet (an error of pg_xact_status, made a status here).</summary>
    internal const string Future = "future";

    /// <summary>The shortest checkpoint_timeout a server can have: within it the last checkpoint is the one that ended the recovery.</summary>
    internal static readonly TimeSpan ShortestCheckpointInterval = TimeSpan.FromSeconds(30);

    /// <summary>The outcome, and for an unknown one the reason.</summary>
    internal static (TransactionOutcome Outcome, string Reason) Decide(TransactionMark mark, ServerFacts facts, string? status)
    {
        if (status is null)
            return Unknown("the server no longer knows a transaction that old.");
        if (mark.Era is null)
            return status is Aborted
                ? (TransactionOutcome.RolledBack, string.Empty)
                : Unknown("the server did not say whether it is still the same.");
        if (!string.Equals(mark.Era.Timeline, facts.Era.Timeline, StringComparison.Ordinal))
            return Unknown("another server has become the primary, and its transaction ids are its own.");
        return string.Equals(mark.Era.Recovery, facts.Era.Recovery, StringComparison.Ordinal)
            ? SameEra(status)
            : AfterCrash(mark, facts, status);
    }

    private static (TransactionOutcome, string) SameEra(string status) =>
        status switch
        {
            Committed => (TransactionOutcome.Committed, string.Empty),
            Aborted => (TransactionOutcome.RolledBack, string.Empty),
            InProgress => (TransactionOutcome.InProgress, string.Empty),
            _ => Unknown("the server does not know the transaction."),
        };

    // No transaction survives a crash unfinished, so only a stranger can be in progress, and only a lost id can be in the future.
    private static (TransactionOutcome, string) AfterCrash(TransactionMark mark, ServerFacts facts, string status)
    {
        if (status is not Committed || mark.Id >= facts.NextIdAtCheckpoint)
            return (TransactionOutcome.RolledBack, string.Empty);
        return facts.SinceRecovery < ShortestCheckpointInterval
            ? (TransactionOutcome.Committed, string.Empty)
            : Unknown("the server has recovered from a crash too long ago to tell whether the id was given out twice.");
    }

    private static (TransactionOutcome, string) Unknown(string reason) => (TransactionOutcome.Unknown, reason);
}
