namespace LedgerLift.Testing;

/// <summary>What happens to the bytes of one direction of one connection.</summary>
internal enum FlowMode
{
    Pass,
    Stall,
    BlackHole,

    /// <summary>The receiver has been told the end; there is no way back.</summary>
    Ended,
}
