namespace LedgerLift.Data;

/// <summary>The connections of a database at one moment.</summary>
/// <param name="Mode">How connections are kept.</param>
/// <param name="Size">Connections that stay open once they are.</param>
/// <param name="MaxOverflow">Connections that may be opened beyond that.</param>
/// <param name="InUse">Connections handed out.</param>
/// <param name="Idle">Connections open and not handed out.</param>
/// <param name="Overflow">Open connections beyond <paramref name="Size"/>.</param>
/// <param name="Max">The most connections that can be open: Size + MaxOverflow; 0 without a pool.</param>
/// <param name="Pending">Callers that wait for a session.</param>
/// <param name="Utilization">InUse ÷ Max, from 0 to 1; 0 without a pool.</param>
public sealed record ConnectionPoolSnapshot(
    PoolingMode Mode,
    int Size,
    int MaxOverflow,
    int InUse,
    int Idle,
    int Overflow,
    int Max,
    int Pending,
    double Utilization
);
