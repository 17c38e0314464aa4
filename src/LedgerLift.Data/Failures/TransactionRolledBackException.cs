using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>
/// The transaction was to be committed and has for certain been rolled back: nothing of it is there. Code <c>transaction_aborted</c> when an earlier
/// statement had failed and the failure was swallowed (not transient), <c>transaction_lost</c> when its connection or server went away (transient).
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public sealed class TransactionRolledBackException : DatabaseException
{
    private TransactionRolledBackException(string code, string message, bool isTransient, Exception? innerException)
        : base(code, message, isTransient, innerException) { }

    internal static TransactionRolledBackException Aborted(Exception? cause) =>
        new(
            DatabaseErrorCodes.TransactionAborted,
            "The transaction was not committed: one of its statements had failed before, and the server rolls back all of it. Let the statement's exception end the work.",
            isTransient: false,
            cause
        );

    internal static TransactionRolledBackException Lost(Exception? cause) =>
        new(
            DatabaseErrorCodes.TransactionLost,
            "The transaction was not committed: its connection was lost, and the server has rolled it back. It may be run again as a whole.",
            isTransient: true,
            cause
        );
}
