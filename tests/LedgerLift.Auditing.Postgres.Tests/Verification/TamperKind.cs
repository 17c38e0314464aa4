namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>What a superuser may do to a trail.</summary>
internal enum TamperKind
{
    EditColumn,
    EditDetails,
    DeleteEntry,
    InsertEntry,
    SwapOrder,
    SwapContents,
    RemoveDetails,
    RemoveLastBatch,
    RemoveMiddleBatch,
    AlterHeader,
    AlterCheckpoint,
    AlterSealedHashes,
}
