using System.Runtime.InteropServices;

namespace LedgerLift.Storage;

/// <summary>How far a transfer is.</summary>
/// <param name="BytesTransferred">Bytes that the store has.</param>
/// <param name="TotalBytes">All bytes; null while the source does not say.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransferProgress(long BytesTransferred, long? TotalBytes);
