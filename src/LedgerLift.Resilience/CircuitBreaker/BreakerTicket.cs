using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>What an admitted call holds: the period it was admitted in and, for a probe, its place.</summary>
/// <param name="Period">The <see cref="BreakerNode.Sequence"/> of the state that admitted the call; a result counts only while it is the same.</param>
/// <param name="Probe">The probe's number, or 0 for a call that is not a probe.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BreakerTicket(long Period, long Probe)
{
    /// <summary>The ticket of a call that shadow mode let through although the circuit would have refused it: its result moves nothing.</summary>
    internal static readonly BreakerTicket Bystander = new(-1, 0);
}
