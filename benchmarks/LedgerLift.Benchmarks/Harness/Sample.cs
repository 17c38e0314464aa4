using System.Runtime.InteropServices;

namespace LedgerLift.Benchmarks;

/// <summary>One batch of one scenario in one round.</summary>
/// <param name="Nanoseconds">A call, on average over the batch.</param>
/// <param name="Bytes">Allocated on the managed heap a call, on average over the batch.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sample(double Nanoseconds, double Bytes);
