using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>A probe under way.</summary>
/// <param name="Probe">Its number, unique within the half-open period, from 1.</param>
/// <param name="LeaseEnd">The monotonic time from which its place is free and its result ignored.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeSlot(long Probe, long LeaseEnd);
