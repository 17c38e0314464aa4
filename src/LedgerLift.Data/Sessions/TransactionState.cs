using Npgsql;

namespace LedgerLift.Data;

/// <summary>Asks Npgsql's transaction whether it has ended, which it has no public member for.</summary>
internal static class TransactionState
{
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
