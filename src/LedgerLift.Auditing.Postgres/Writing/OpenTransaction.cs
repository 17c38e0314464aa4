using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Refuses transactions that have ended: on their connection an entry would be committed by itself.</summary>
internal static class OpenTransaction
{
    [SuppressMessage("Usage", "MA0015", Justification = "The name is the caller's parameter.")]
    [SuppressMessage("Major Code Smell", "S3928", Justification = "The name is the caller's parameter.")]
    internal static NpgsqlConnection ConnectionOf(NpgsqlTransaction transaction, string parameterName)
    {
        try
        {
            // Of what is public, only this looks whether the transaction is still open.
            _ = transaction.IsolationLevel;
            if (transaction.Connection is { } connection)
                return connection;
        }
        catch (InvalidOperationException)
        {
            // Ended or disposed: said below.
        }

        throw new ArgumentException("The transaction has ended: give one that is open.", parameterName);
    }
}
