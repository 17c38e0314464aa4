using Npgsql;

namespace LedgerLift.Data;

/// <summary>Asks Npgsql's transaction whether it has ended, which it has no public member for.</summary>
internal static class TransactionState
{
    /// <summary>Whether Npgsql threw this, or what it wraps, while it was committing; nothing but the trace of the throw tells.</summary>
    internal static bool IsThrownByCommit(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            if (current.StackTrace?.Contains("Npgsql.NpgsqlTransaction.Commit", StringComparison.Ordinal) == true)
                return true;
        }

        return false;
    }

    internal static bool IsCompleted(NpgsqlTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel;
            return transaction.Connection is null;
        }
        catch (InvalidOperationException)
        {
            // Completed or disposed: its members refuse.
            return true;
        }
    }
}
