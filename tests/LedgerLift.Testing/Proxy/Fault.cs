namespace LedgerLift.Testing;

/// <summary>What a <see cref="TcpFaultProxy"/> does to a connection when a rule fires.</summary>
public enum Fault
{
    /// <summary>Both peers see a graceful end (FIN) after the bytes delivered so far. What they send from then on is read and dropped.</summary>
    Cut,

    /// <summary>The receiver of this direction sees a graceful end (FIN); the other direction flows on.</summary>
    CutDirection,

    /// <summary>Both peers see a reset (RST).</summary>
    Reset,

    /// <summary>The bytes of this direction are read and dropped; the connection stays open and nobody is told.</summary>
    BlackHole,

    /// <summary>This direction is not read any more: the sender feels back-pressure. Nothing is lost.</summary>
    Stall,
}
