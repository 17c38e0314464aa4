namespace LedgerLift.Data;

/// <summary>What is done so that a commit that is reported as done is done, and one reported as failed has failed.</summary>
public enum CommitSafety
{
    /// <summary>A plain COMMIT. The server answers the COMMIT of an aborted transaction with a rollback and no error, so that nothing may have been written.</summary>
    None,

    /// <summary>
    /// Committing an aborted transaction throws <see cref="TransactionRolledBackException"/>; no extra round trip. When the reply to COMMIT is lost, the outcome
    /// is unknown: <see cref="CommitOutcomeUnknownException"/>.
    /// </summary>
    Probe,

    /// <summary>
    /// As <see cref="Probe"/>, and the transaction's id is asked for before COMMIT, one round trip more, so that the outcome can be looked up when the reply to
    /// COMMIT is lost. A read-only transaction has nothing to look up and is probed.
    /// </summary>
    Verified,
}
