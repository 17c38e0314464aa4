using System.Runtime.InteropServices;

namespace LedgerLift.Auditing;

/// <summary>What stands at one place of a batch.</summary>
/// <param name="IsFound">Whether there is anything.</param>
/// <param name="Leaf">The leaf of the entry that is there; null when it is gone.</param>
/// <param name="Stored">The leaf hash that the seal keeps for the place; null when it keeps none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundEntry(bool IsFound, AuditHash? Leaf, AuditHash? Stored);
