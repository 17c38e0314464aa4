namespace LedgerLift.Data;

/// <summary>By what a transaction's outcome is looked up.</summary>
/// <param name="Id">Its id (xid8).</param>
/// <param name="Era">The era of its connection; null when the server would not tell.</param>
internal sealed record TransactionMark(ulong Id, ServerEra? Era);
