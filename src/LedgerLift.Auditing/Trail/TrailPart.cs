namespace LedgerLift.Auditing;

/// <summary>How far an exported trail has come.</summary>
internal enum TrailPart
{
    Start,
    Tombstones,
    Batches,
    End,
}
