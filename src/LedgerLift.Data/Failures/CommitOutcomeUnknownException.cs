using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>
/// COMMIT was sent, no reply came, and the outcome could not be found out: the transaction may or may not be there. Not repeated by this package. Code
/// <c>commit_outcome_unknown</c>, not transient: repeating it could write twice.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public sealed class CommitOutcomeUnknownException : DatabaseException
{
    internal CommitOutcomeUnknownException(string? transactionId, string reason, Exception? innerException)
        : base(
            DatabaseErrorCodes.CommitOutcomeUnknown,
            $"The reply to COMMIT was lost, and whether the transaction is there is not known: {reason}",
            isTransient: false,
            innerException
        ) => TransactionId = transactionId;

    /// <summary>The transaction's id (<c>xid8</c>), for <c>pg_xact_status</c>; null when it was not asked for.</summary>
    public string? TransactionId { get; }
}
